/* Creates and changes specifications (domain 6). */
#include "access/entity_words.h"
#include "access/scope.h"
#include "base/clock.h"
#include "model/specification.h"
#include "model/specification_fields.h"

#include <inttypes.h>

/* Makes a number FSYYMM-NNNN. The count is only where the search for a free number begins. */
static bool specification_make_number(struct db_conn *conn, struct arena *arena, int64_t now_us, struct str *number,
                                      struct err *err)
{
    int year, month, day;
    int64_t n = 0, taken = 1;
    date_to_civil(clock_date(now_us), &year, &month, &day);
    struct str start = arena_printf(arena, "FS%02d%02d-", year % 100, month);
    if (!db_query_int(conn, "SELECT COUNT(*) FROM invoice_specification WHERE number >= $1 AND number < $2",
                      DB_ARGS(DB_TEXT(start), DB_TEXT(arena_printf(arena, "%.*s~", STR_FMT(start)))), NULL, &n, err))
        return false;
    while (taken) {
        *number = arena_printf(arena, "%.*s%04" PRId64, STR_FMT(start), ++n);
        if (!db_query_int(conn, "SELECT COUNT(*) FROM invoice_specification WHERE number = $1",
                          DB_ARGS(DB_TEXT(*number)), NULL, &taken, err))
            return false;
    }
    return true;
}

static bool specification_insert(struct db_conn *conn, struct arena *arena, struct specification *s, int64_t now_us,
                                 struct err *err)
{
    return specification_make_number(conn, arena, now_us, &s->number, err) &&
           db_find(conn, arena,
                   "INSERT INTO invoice_specification (number, customer_id, status) VALUES ($1, $2, 'draft')"
                   " RETURNING id",
                   DB_ARGS(DB_TEXT(s->number), DB_INT(s->customer_id)), DB_TARGETS(TO(&s->id)), NULL, err);
}

bool specification_save(struct db_conn *conn, struct arena *arena, struct specification *s,
                        const struct record_column *columns, size_t count, const struct str *rows, size_t row_count,
                        int64_t now_us, bool *taken, struct err *err)
{
    *taken = false;
    if ((!s->id && !specification_insert(conn, arena, s, now_us, err)) ||
        !record_save(conn, arena, &specification_entity, columns, count, &s->id, err) ||
        !db_exec(conn, "DELETE FROM invoice_specification_row WHERE specification_id = $1", DB_ARGS(DB_INT(s->id)),
                 err))
        return false;
    for (size_t i = 0; i < row_count; i++) {
        if (!db_exec(conn,
                     "INSERT INTO invoice_specification_row (specification_id, article_row_id) SELECT $1, r.id"
                     " FROM article_row r JOIN cases c ON c.id = r.case_id WHERE r.number = $2 AND c.customer_id = $3"
                     " AND r.status = 'attested' AND NOT EXISTS (SELECT 1 FROM invoice_specification_row x"
                     " WHERE x.article_row_id = r.id)",
                     DB_ARGS(DB_INT(s->id), DB_TEXT(rows[i]), DB_INT(s->customer_id)), err))
            return false;
        *taken = *taken || db_changes(conn) == 0;
    }
    return specification_refresh_one(conn, arena, s->id, err) && generation_bump_waiting(conn, err);
}

/* Publishing clears the earlier decision; the record of decisions still has it. */
bool specification_set_status(struct db_conn *conn, int64_t id, enum specification_status status, struct err *err)
{
    return db_exec(conn, "UPDATE invoice_specification SET status = $2 WHERE id = $1",
                   DB_ARGS(DB_INT(id), DB_TEXT(str_of(code_name(&specification_statuses, status)))), err) &&
           (status != SPECIFICATION_AWAITING ||
            db_exec(conn,
                    "UPDATE invoice_specification SET decided_by = '', decided_at = NULL, comment = '',"
                    " decided_digest = '' WHERE id = $1",
                    DB_ARGS(DB_INT(id)), err)) &&
           generation_bump_waiting(conn, err);
}

bool specification_set_told(struct db_conn *conn, int64_t id, int64_t from, int64_t to, struct err *err)
{
    return db_exec(conn, "UPDATE invoice_specification SET told = $2 WHERE id = $1 AND ($3 < -1 OR told = $3)",
                   DB_ARGS(DB_INT(id), to < 0 ? DB_NULL : DB_INT(to), DB_INT(from)), err);
}

/* Rows that change after the decision make the specification wait again, and then a mail is due. */
bool specification_set_decided(struct db_conn *conn, const struct specification *s, struct err *err)
{
    return db_exec(conn,
                   "UPDATE invoice_specification SET status = $2, decided_by = $3, decided_at = $4, comment = $5,"
                   " your_reference = $6, decided_digest = $7, digest = $8, told = 0 WHERE id = $1",
                   DB_ARGS(DB_INT(s->id), DB_TEXT(str_of(code_name(&specification_statuses, s->status))),
                           DB_TEXT(s->decided_by), DB_INT(s->decided_at), DB_TEXT(s->comment),
                           DB_TEXT(s->your_reference), DB_TEXT(s->digest), DB_TEXT(s->digest)),
                   err) &&
           entity_words_refresh(conn, SEARCH_SPECIFICATIONS, s->id, err) && generation_bump_waiting(conn, err);
}

/* --- many at once ------------------------------------------------------------------------------------------------- */

bool specifications_set_decided(struct db_conn *conn, struct row_set specifications, struct err *err)
{
    return db_exec_rows(conn, "UPDATE invoice_specification SET decided_digest = digest WHERE id IN (", specifications,
                        ")", err);
}

bool specifications_reopen(struct db_conn *conn, struct row_set specifications, struct err *err)
{
    return db_exec_rows(conn,
                        "UPDATE invoice_specification SET status = 'awaiting_approval' WHERE status IN ('approved',"
                        " 'rejected') AND decided_digest = digest AND id IN (",
                        specifications, ")", err);
}

struct db_batch *specifications_add(struct db_conn *conn, struct arena *arena, struct err *err)
{
    return db_batch_begin(
        conn, arena,
        "INSERT INTO invoice_specification (number, customer_id, title, period_from, period_to, status,"
        " decided_by, decided_at, comment, your_reference) SELECT $1, c.id, $3, $4, $5, $6, $7, $8, $9,"
        " $10 FROM customer c WHERE c.number = $2",
        err);
}

bool specifications_link(struct db_conn *conn, struct row_set links, struct err *err)
{
    return db_exec_rows(conn, "INSERT INTO invoice_specification_row (specification_id, article_row_id)", links,
                        " ON CONFLICT DO NOTHING", err);
}

bool specifications_unlink(struct db_conn *conn, struct row_set article_rows, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM invoice_specification_row WHERE article_row_id IN (", article_rows, ")",
                        err);
}

bool specification_take_off(struct db_conn *conn, int64_t id, const char *rows_literal, struct err *err)
{
    return db_exec_rows(conn,
                        "DELETE FROM invoice_specification_row WHERE specification_id = $1 AND article_row_id IN (",
                        row_set_of(rows_literal, id), ")", err);
}

bool specifications_drop_empty(struct db_conn *conn, struct err *err)
{
    return db_exec(conn,
                   "DELETE FROM invoice_specification WHERE id NOT IN (SELECT specification_id"
                   " FROM invoice_specification_row)",
                   DB_NO_ARGS, err);
}
