#include "model/case_state.h"

#include "access/scope.h"
#include "model/case_write.h"
#include "model/codes.h"

static bool case_state_find(const struct case_edit *edit, int64_t *status, struct err *err)
{
    return db_query_int(edit->visit->db, "SELECT status FROM cases WHERE id = $1", DB_ARGS(DB_INT(edit->case_id)), NULL,
                        status, err);
}

static bool case_state_clear_stamps(const struct case_edit *edit, struct err *err)
{
    return db_exec(edit->visit->db, "UPDATE cases SET started = NULL, finished = NULL WHERE id = $1",
                   DB_ARGS(DB_INT(edit->case_id)), err);
}

/* Notes the change of the state in the history of the case. */
static bool case_state_note(struct case_edit *edit, int64_t was, int64_t is, struct err *err)
{
    return case_edit_note(edit, tr(LANG_SV, _("Status")), tr(LANG_SV, code_label(&case_statuses, was)),
                          tr(LANG_SV, code_label(&case_statuses, is)), err);
}

bool case_state_follow(struct case_edit *edit, bool stamps_taken_back, bool *finished, struct err *err)
{
    struct db_conn *conn = edit->visit->db;
    int64_t was = 0, is = 0;
    if (!case_state_find(edit, &was, err) || (stamps_taken_back && !case_state_clear_stamps(edit, err)) ||
        !cases_derive_states(conn, row_set_of("SELECT c.id FROM cases c WHERE c.id = $1", edit->case_id), err) ||
        !case_state_find(edit, &is, err))
        return false;
    *finished = was != is && is == CASE_FINISHED;
    /* If staff started the case by hand, its first work order that nobody has begun makes it not started again. */
    return (was == CASE_NOT_STARTED || is != CASE_NOT_STARTED || case_state_clear_stamps(edit, err)) &&
           (was == is || case_state_note(edit, was, is, err)) &&
           scope_refresh_case(conn, edit->visit->arena, edit->case_id, err);
}

/* Derives what follows from the work orders, and refreshes the reach of the case. */
static bool case_state_refresh(struct case_edit *edit, struct err *err)
{
    struct visit *visit = edit->visit;
    return cases_derive_states(visit->db, row_set_of("SELECT c.id FROM cases c WHERE c.id = $1", edit->case_id), err) &&
           scope_refresh_case(visit->db, visit->arena, edit->case_id, err);
}

static bool case_state_reopen(struct case_edit *edit, struct err *err)
{
    int64_t is = 0;
    return db_exec(edit->visit->db,
                   "UPDATE cases SET status = CASE WHEN started IS NULL THEN " CASE_NOT_STARTED_SQL
                   " ELSE " CASE_STARTED_SQL " END, cancel_reason = '', duplicate_of = NULL WHERE id = $1",
                   DB_ARGS(DB_INT(edit->case_id)), err) &&
           case_state_refresh(edit, err) && case_state_find(edit, &is, err) &&
           case_state_note(edit, CASE_CANCELLED, is, err);
}

bool case_state_set(struct case_edit *edit, int64_t wanted, bool *finished, struct err *err)
{
    struct visit *visit = edit->visit;
    int64_t was = 0, orders = 0;
    *finished = false;
    if (!case_state_find(edit, &was, err))
        return false;
    if (was == CASE_CANCELLED && wanted == CASE_STARTED)
        return case_state_reopen(edit, err);
    if (!db_query_int(visit->db,
                      "SELECT COUNT(*) FROM work_order WHERE case_id = $1 AND status <> " WORK_ORDER_CANCELLED_SQL,
                      DB_ARGS(DB_INT(edit->case_id)), NULL, &orders, err))
        return false;
    if (orders || was == CASE_CANCELLED)
        return err_set(err, ERR_CONFLICT, NULL, "the case has work orders or is cancelled");
    *finished = was != CASE_FINISHED && wanted == CASE_FINISHED;
    return db_exec(visit->db,
                   "UPDATE cases SET status = $2, started = COALESCE(started, $3),"
                   " finished = CASE WHEN $2 = " CASE_FINISHED_SQL " THEN $3 END WHERE id = $1",
                   DB_ARGS(DB_INT(edit->case_id), DB_INT(wanted), DB_INT(visit->now_us)), err) &&
           case_state_note(edit, was, wanted, err) && scope_refresh_case(visit->db, visit->arena, edit->case_id, err);
}

bool case_state_cancel(struct case_edit *edit, struct str reason, int64_t duplicate_of, struct err *err)
{
    int64_t was = 0;
    if (!case_state_find(edit, &was, err))
        return false;
    if (was == CASE_CANCELLED)
        return err_set(err, ERR_CONFLICT, NULL, "the case is cancelled already");
    return db_exec(edit->visit->db,
                   "UPDATE cases SET status = " CASE_CANCELLED_SQL ", finished = NULL, cancel_reason = $2,"
                   " duplicate_of = $3 WHERE id = $1",
                   DB_ARGS(DB_INT(edit->case_id), DB_TEXT(reason), DB_ID_OR_NULL(duplicate_of)), err) &&
           case_state_note(edit, was, CASE_CANCELLED, err) &&
           (!reason.n || case_edit_note(edit, tr(LANG_SV, _("Why it was cancelled")), STR_NONE, reason, err)) &&
           case_state_refresh(edit, err);
}
