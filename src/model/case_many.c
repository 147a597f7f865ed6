#include "model/case_many.h"

#include "model/codes.h"

#define CASE_STATE_STARTED                                                                                             \
    "CASE WHEN w.status = " CASE_NOT_STARTED_SQL " THEN w.started ELSE COALESCE(w.started, t.started) END"
#define CASE_STATE_FINISHED "CASE WHEN w.status = " CASE_FINISHED_SQL " THEN COALESCE(w.finished, t.finished) END"
#define CASE_STATE_BEFORE                                                                                              \
    "UPDATE cases AS t SET status = w.status, started = " CASE_STATE_STARTED ", finished = " CASE_STATE_FINISHED       \
    " FROM (SELECT o.case_id, CASE WHEN MAX(o.status) = " WORK_ORDER_NOT_STARTED_SQL " THEN " CASE_NOT_STARTED_SQL     \
    " WHEN MIN(o.status) = " WORK_ORDER_FINISHED_SQL " THEN " CASE_FINISHED_SQL " ELSE " CASE_STARTED_SQL              \
    " END AS status,"                                                                                                  \
    " MIN(o.started) AS started, MAX(o.finished) AS finished FROM work_order o WHERE o.case_id IN ("
#define CASE_STATE_BEHIND                                                                                              \
    ") GROUP BY o.case_id) w"                                                                                          \
    " WHERE t.id = w.case_id AND (t.status IS DISTINCT FROM w.status"                                                  \
    " OR t.started IS DISTINCT FROM " CASE_STATE_STARTED " OR t.finished IS DISTINCT FROM " CASE_STATE_FINISHED ")"

bool cases_move_versions(struct db_conn *conn, struct row_set cases, struct err *err)
{
    return db_exec_rows(conn, "UPDATE cases SET version = version + 1 WHERE id IN (", cases, ")", err);
}

bool cases_derive_states(struct db_conn *conn, struct row_set cases, struct err *err)
{
    return db_exec_rows(conn, CASE_STATE_BEFORE, cases, CASE_STATE_BEHIND, err);
}

bool case_counter_pass(struct db_conn *conn, struct str day, int64_t last, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO case_counter (day, last) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET last ="
                   " CASE WHEN excluded.last > case_counter.last THEN excluded.last ELSE case_counter.last END",
                   DB_ARGS(DB_TEXT(day), DB_INT(last)), err);
}

bool cases_link_contacts(struct db_conn *conn, struct row_set links, struct err *err)
{
    return db_exec_rows(conn, "INSERT INTO case_contact (case_id, contact_id) ", links, " ON CONFLICT DO NOTHING", err);
}

bool cases_drop_extras(struct db_conn *conn, struct row_set extras, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM case_extra WHERE (case_id, key) IN (", extras, ")", err);
}

bool cases_add_extras(struct db_conn *conn, struct row_set extras, struct err *err)
{
    return db_exec_rows(conn, "INSERT INTO case_extra (case_id, key, value) ", extras, "", err);
}
