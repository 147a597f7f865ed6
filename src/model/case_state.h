/*
 * The state of a case: not started, started, finished (domain 2). It follows from its work orders; staff set that of a
 * case without work orders. This is the only place that says how.
 */
#ifndef KP_MODEL_CASE_STATE_H
#define KP_MODEL_CASE_STATE_H

#include "model/case_edit.h"

/*
 * In a change of the case, after a change of its work orders: derives the state, with a line of history when it became
 * another, and the reach of the case (access/scope.h). stamps_taken_back: stamps that came from work orders alone go
 * when these have none any more. *finished: the case became finished.
 */
bool case_state_follow(struct case_edit *edit, bool stamps_taken_back, bool *finished, struct err *err)
    __attribute__((warn_unused_result));
/*
 * In a change of the case: staff set the state. ERR_CONFLICT when the case has work orders. *finished: the case became
 * finished.
 */
bool case_state_set(struct case_edit *edit, int64_t wanted, bool *finished, struct err *err)
    __attribute__((warn_unused_result));

#endif
