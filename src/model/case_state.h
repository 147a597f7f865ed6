/*
 * The state of a case: not started, started, finished or cancelled (domain 2). It follows from the work orders of the
 * case that are not cancelled; staff set the state of a case without such work orders, cancel a case and open it again.
 * Only this module defines how.
 */
#pragma once

#include "model/case_edit.h"

/*
 * Derives the state after the work orders of a case changed. Adds a line to the history when the state changed, and
 * refreshes the reach of the case (access/scope.h). Call it within a change of the case. stamps_taken_back: clears
 * timestamps that came only from work orders, when the work orders no longer have any. *finished: the case became
 * finished.
 */
MUST_CHECK bool case_state_follow(struct case_edit *edit, bool stamps_taken_back, bool *finished, struct err *err);
/*
 * Sets the state that staff chose, started or finished. Call it within a change of the case. Fails with ERR_CONFLICT
 * when the case has work orders that are not cancelled. A cancelled case can only be opened again, whatever its work
 * orders: its state is the one that it had. *finished: the case became finished.
 */
MUST_CHECK bool case_state_set(struct case_edit *edit, int64_t wanted, bool *finished, struct err *err);
/*
 * Cancels the case. Call it within a change of the case. duplicate_of: the case that it says the same as (see
 * model/duplicate.h), or 0. Fails with ERR_CONFLICT when the case is cancelled already.
 */
MUST_CHECK bool case_state_cancel(struct case_edit *edit, struct str reason, int64_t duplicate_of, struct err *err);
