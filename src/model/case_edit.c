#include "model/case_edit.h"

#include "access/scope.h"
#include "model/case_write.h"

#include <inttypes.h>

/*
 * Incrementing the version holds the case until the transaction ends, so that states and numbers are made one after the
 * other.
 */
static bool case_edit_move_version(const struct case_edit *edit, struct err *err)
{
    struct db_conn *conn = edit->visit->db;
    if (!db_exec(conn, "UPDATE cases SET version = version + 1 WHERE id = $1 AND version = $2",
                 DB_ARGS(DB_INT(edit->case_id), DB_INT(edit->version)), err))
        return false;
    return db_changes(conn) > 0 ||
           err_set(err, ERR_CONFLICT, NULL, "version %" PRId64 " of the case is not the newest", edit->version);
}

static bool case_edit_body(struct db_conn *conn, void *context, struct err *err)
{
    struct case_edit *edit = context;
    buf_init(&edit->detail, edit->visit->arena);
    if (!case_edit_move_version(edit, err) || !edit->write(edit, err) ||
        !cases_derive_texts(conn, row_set_of("SELECT c.id FROM cases c WHERE c.id = $1", edit->case_id), err))
        return false;
    struct str subject =
        arena_printf(edit->visit->arena, "case %.*s: %.*s", STR_FMT(edit->case_number), STR_FMT(edit->subject));
    return visit_audit(edit->visit, edit->action, subject, buf_text(&edit->detail), err) && generation_bump(conn, err);
}

bool case_edit_run(struct case_edit *edit, bool *older, struct err *err)
{
    *older = false;
    if (db_transaction(edit->visit->db, case_edit_body, edit, err))
        return true;
    if (err->kind != ERR_CONFLICT)
        return false;
    *older = true;
    *err = (struct err){.kind = ERR_NONE};
    return true;
}

bool case_change_add(struct visit *visit, int64_t case_id, struct str field, struct str before, struct str after,
                     struct err *err)
{
    return db_exec(visit->db,
                   "INSERT INTO case_change (case_id, at, staff_id, who, field, before, after)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                   DB_ARGS(DB_INT(case_id), DB_INT(visit->now_us), DB_ID_OR_NULL(visit->staff.id),
                           DB_TEXT(visit_is_staff(visit) ? visit->staff.email : visit->actor.name), DB_TEXT(field),
                           DB_TEXT(before), DB_TEXT(after)),
                   err);
}

bool case_edit_note(struct case_edit *edit, struct str field, struct str before, struct str after, struct err *err)
{
    buf_printf(&edit->detail, "%s%.*s", edit->detail.n ? ", " : "", STR_FMT(field));
    return case_change_add(edit->visit, edit->case_id, field, before, after, err);
}

static const struct {
    const char *between, *count_literal, *taken_literal;
} PARTS[] = {
    [CASE_PART_WORK_ORDER] = {"", "SELECT COUNT(*) FROM work_order WHERE case_id = $1",
                              "SELECT COUNT(*) FROM work_order WHERE number = $1"},
    [CASE_PART_ROW] = {"R", "SELECT COUNT(*) FROM article_row WHERE case_id = $1",
                       "SELECT COUNT(*) FROM article_row WHERE number = $1"},
};

/* The count is only where the search starts: an import may have taken any number. */
bool case_part_number(struct case_edit *edit, enum case_part part, struct str *number, struct err *err)
{
    struct visit *visit = edit->visit;
    int64_t n = 0, taken = 1;
    if (!db_query_int(visit->db, PARTS[part].count_literal, DB_ARGS(DB_INT(edit->case_id)), NULL, &n, err))
        return false;
    while (taken) {
        *number = arena_printf(visit->arena, "%.*s-%s%" PRId64, STR_FMT(edit->case_number), PARTS[part].between, ++n);
        if (!db_query_int(visit->db, PARTS[part].taken_literal, DB_ARGS(DB_TEXT(*number)), NULL, &taken, err))
            return false;
    }
    return true;
}
