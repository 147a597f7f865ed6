/* The state of a case that has work orders follows from them (domain 2). This is the only place that says how. */
#ifndef KP_ACCESS_CASE_STATE_H
#define KP_ACCESS_CASE_STATE_H

#include "db/db.h"

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
 * Of one case, behind a change of its work orders and in its transaction. Stamps that came from work orders alone go when these have
 * none any more. The caller then refreshes the reach of the case (scope.h).
 */
bool case_state_derive(struct db_conn *conn, int64_t case_id, bool stamps_taken_back, struct err *err)
    __attribute__((warn_unused_result));

#endif
