/*
 * The state of a case: not started, started, finished (domain 2). It follows from its work orders; staff set that of a case without work
 * orders. This is the only place that says how.
 */
#ifndef KP_MODEL_CASE_STATE_H
#define KP_MODEL_CASE_STATE_H

#include "model/case_edit.h"

/* One statement, around a query of the ids of the cases: CASE_STATE_BEFORE "SELECT …" CASE_STATE_BEHIND. */
#define CASE_STATE_STARTED "CASE WHEN w.status = 0 THEN w.started ELSE COALESCE(w.started, t.started) END"
#define CASE_STATE_FINISHED "CASE WHEN w.status = 2 THEN COALESCE(w.finished, t.finished) END"
#define CASE_STATE_BEFORE                                                                                              \
    "UPDATE cases AS t SET status = w.status, started = " CASE_STATE_STARTED ", finished = " CASE_STATE_FINISHED       \
    " FROM (SELECT o.case_id, CASE WHEN MAX(o.status) = 0 THEN 0 WHEN MIN(o.status) = 2 THEN 2 ELSE 1 END AS status,"  \
    " MIN(o.started) AS started, MAX(o.finished) AS finished FROM work_order o WHERE o.case_id IN ("
#define CASE_STATE_BEHIND                                                                                              \
    ") GROUP BY o.case_id) w"                                                                                          \
    " WHERE t.id = w.case_id AND (t.status IS DISTINCT FROM w.status"                                                  \
    " OR t.started IS DISTINCT FROM " CASE_STATE_STARTED " OR t.finished IS DISTINCT FROM " CASE_STATE_FINISHED ")"

/*
 * In a change of the case, after a change of its work orders: derives the state, with a line of history when it became another, and the
 * reach of the case (access/scope.h). stamps_taken_back: stamps that came from work orders alone go when these have none any more.
 * *finished: the case became finished.
 */
bool case_state_follow(struct case_edit *edit, bool stamps_taken_back, bool *finished, struct err *err)
    __attribute__((warn_unused_result));
/* In a change of the case: staff set the state. ERR_CONFLICT when the case has work orders. *finished: the case became finished. */
bool case_state_set(struct case_edit *edit, int64_t wanted, bool *finished, struct err *err)
    __attribute__((warn_unused_result));

#endif
