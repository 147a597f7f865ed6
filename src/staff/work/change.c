/* The case that is worked on, and changes of it: one at a time, each with its lines of history. */
#include "access/scope.h"
#include "model/case.h"
#include "portal/address.h"
#include "staff/work/internal.h"

#include <inttypes.h>

bool work_case_load(struct visit *visit, struct str number, struct work_case *work, struct err *err)
{
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT c.id, c.version, c.number, c.title, COALESCE((SELECT MAX(h.id) FROM case_change h"
                 " WHERE h.case_id = c.id), 0) FROM cases c WHERE c.number = $1",
                 DB_ARGS(DB_TEXT(number)), err);
    bool found = rows && db_next(rows);
    if (found)
        *work = (struct work_case){.id = db_int(rows, 0),
                                   .version = db_int(rows, 1),
                                   .number = db_text_copy(rows, 2, visit->arena),
                                   .title = db_text_copy(rows, 3, visit->arena),
                                   .last_change = db_int(rows, 4)};
    if (!db_done(rows, err))
        return false;
    if (found)
        work->url = arena_printf(visit->arena, "/staff%.*s", STR_FMT(case_path(visit->arena, work->number)));
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such case");
}

struct str work_page_url(struct arena *arena, const struct work_case *work)
{
    return arena_printf(arena, "%.*s/work", STR_FMT(work->url));
}

struct str work_part_url(struct arena *arena, const struct work_case *work, const char *part, struct str number)
{
    return address_of(arena, arena_printf(arena, "%.*s/%s", STR_FMT(work->url), part).p, number, "");
}

/* --- changes ---------------------------------------------------------------------------------------------------------------------------- */

/* Moving the version holds the case until the transaction ends, so that states and numbers are made one after the other. */
static bool move_version(struct work_edit *edit, struct err *err)
{
    struct visit *visit = edit->visit;
    int64_t seen = 0;
    if (!str_to_int(http_param(&visit->request->form, "version"), &seen))
        seen = 0;
    if (!db_exec(visit->db, "UPDATE cases SET version = version + 1 WHERE id = $1 AND version = $2",
                 DB_ARGS(DB_INT(edit->work->id), DB_INT(seen)), err))
        return false;
    return db_changes(visit->db) > 0 ||
           err_set(err, ERR_CONFLICT, NULL, "version %" PRId64 " of the case is not the newest", seen);
}

static bool edit_body(struct db_conn *conn, void *context, struct err *err)
{
    struct work_edit *edit = context;
    buf_init(&edit->detail, edit->visit->arena);
    if (!move_version(edit, err) || !edit->write(edit, err))
        return false;
    struct str subject =
        arena_printf(edit->visit->arena, "case %.*s: %.*s", STR_FMT(edit->work->number), STR_FMT(edit->subject));
    return visit_audit(edit->visit, edit->action, subject, buf_text(&edit->detail), err) && generation_bump(conn, err);
}

bool work_edit_run(struct work_edit *edit, bool *older, struct err *err)
{
    *older = false;
    if (db_transaction(edit->visit->db, edit_body, edit, err))
        return true;
    if (err->kind != ERR_CONFLICT)
        return false;
    *older = true;
    *err = (struct err){.kind = ERR_NONE};
    return true;
}

bool work_note(struct work_edit *edit, struct str field, struct str before, struct str after, struct err *err)
{
    struct visit *visit = edit->visit;
    buf_printf(&edit->detail, "%s%.*s", edit->detail.n ? ", " : "", STR_FMT(field));
    return db_exec(visit->db,
                   "INSERT INTO case_change (case_id, at, staff_id, who, field, before, after)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                   DB_ARGS(DB_INT(edit->work->id), DB_INT(visit->now_us), DB_INT(visit->staff.id),
                           DB_TEXT(visit->staff.email), DB_TEXT(field), DB_TEXT(before), DB_TEXT(after)),
                   err);
}

/* --- numbers ---------------------------------------------------------------------------------------------------------------------------- */

/* An import may have taken any: the count is only where the search starts. */
static bool number_make(struct work_edit *edit, const char *count_literal, const char *taken_literal,
                        const char *between, struct str *number, struct err *err)
{
    struct visit *visit = edit->visit;
    int64_t n = 0, taken = 1;
    if (!db_query_int(visit->db, count_literal, DB_ARGS(DB_INT(edit->work->id)), NULL, &n, err))
        return false;
    while (taken) {
        *number = arena_printf(visit->arena, "%.*s-%s%" PRId64, STR_FMT(edit->work->number), between, ++n);
        if (!db_query_int(visit->db, taken_literal, DB_ARGS(DB_TEXT(*number)), NULL, &taken, err))
            return false;
    }
    return true;
}

bool work_order_number_make(struct work_edit *edit, struct str *number, struct err *err)
{
    return number_make(edit, "SELECT COUNT(*) FROM work_order WHERE case_id = $1",
                       "SELECT COUNT(*) FROM work_order WHERE number = $1", "", number, err);
}

bool work_row_number_make(struct work_edit *edit, struct str *number, struct err *err)
{
    return number_make(edit, "SELECT COUNT(*) FROM article_row WHERE case_id = $1",
                       "SELECT COUNT(*) FROM article_row WHERE number = $1", "R", number, err);
}
