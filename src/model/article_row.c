#include "model/article_row.h"

#include "base/decimal.h"
#include "model/article_row_fields.h"
#include "model/case_edit.h"
#include "model/specification.h"

/* The lock keeps a specification from being published between the look at it and the change. */
static bool article_row_check_free(struct case_edit *edit, int64_t id, struct err *err)
{
    int64_t ignored;
    bool held = false;
    if (!specification_lock(edit->visit->db, err) ||
        !db_query_int(edit->visit->db,
                      "SELECT s.id FROM invoice_specification_row x JOIN invoice_specification s"
                      " ON s.id = x.specification_id WHERE x.article_row_id = $1 AND s.status <> 'draft' LIMIT 1",
                      DB_ARGS(DB_INT(id)), &held, &ignored, err))
        return false;
    return !held || err_set(err, ERR_CONFLICT, NULL, "the row stands on a specification that is not a draft");
}

bool article_row_save(struct case_edit *edit, struct article_row *row, struct err *err)
{
    struct visit *visit = edit->visit;
    struct record_column *columns = ARENA_ARRAY(visit->arena, struct record_column, row->column_count + 3);
    int64_t id = row->id;
    size_t count = 0;
    for (size_t i = 0; i < row->column_count; i++)
        columns[count++] = row->columns[i];
    columns[count++] = (struct record_column){"total", DB_INT(row->total)};
    if (!id) {
        if (!case_part_number(edit, CASE_PART_ROW, &row->number, err))
            return false;
        edit->subject = row->number;
        columns[count++] = (struct record_column){"number", DB_TEXT(row->number)};
        columns[count++] = (struct record_column){"case_id", DB_INT(edit->case_id)};
    } else {
        if (!article_row_check_free(edit, id, err) ||
            !db_exec(visit->db, "UPDATE article_row SET total = $2 WHERE id = $1 AND status = 'editable'",
                     DB_ARGS(DB_INT(id), DB_INT(row->total)), err))
            return false;
        /* An import may have attested the row after it was read. */
        if (!db_changes(visit->db))
            return err_set(err, ERR_CONFLICT, NULL, "the row is not editable any more");
    }
    return record_save(visit->db, visit->arena, &article_row_entity, columns, count, &id, err) &&
           specification_refresh_row(visit->db, visit->arena, id, err);
}

bool article_row_move(struct case_edit *edit, int64_t id, struct str from, struct str to, struct err *err)
{
    if (!str_eqz(to, "attested") && !article_row_check_free(edit, id, err))
        return false;
    return db_exec(edit->visit->db, "UPDATE article_row SET status = $2 WHERE id = $1 AND status = $3",
                   DB_ARGS(DB_INT(id), DB_TEXT(to), DB_TEXT(from)), err) &&
           specification_refresh_row(edit->visit->db, edit->visit->arena, id, err);
}

bool article_rows_invoice(struct db_conn *conn, int64_t specification_id, struct err *err)
{
    return db_exec(conn,
                   "UPDATE article_row SET status = 'invoiced' WHERE status = 'attested' AND id IN"
                   " (SELECT article_row_id FROM invoice_specification_row WHERE specification_id = $1)",
                   DB_ARGS(DB_INT(specification_id)), err);
}

/* --- many at once ---------------------------------------------------------------------------------------------- */

#define CHUNK 500

struct totals {
    struct db_value (*pairs)[2]; /* id, total */
    size_t count;
    int64_t last; /* id */
};

static bool totals_read(struct db_conn *conn, struct arena *arena, const char *literal,
                        void (*too_large)(void *context, int64_t number), void *context, struct totals *totals,
                        struct err *err)
{
    struct db_rows *rows = db_query(conn, arena, literal, DB_ARGS(DB_INT(totals->last), DB_INT(CHUNK)), err);
    totals->count = 0;
    totals->pairs = arena_array(arena, CHUNK, sizeof *totals->pairs);
    int64_t quantity, price, discount, number;
    while (totals->count < CHUNK &&
           db_read_next(rows, TO(&totals->last), TO(&quantity), TO(&price), TO(&discount), TO(&number))) {
        int64_t total = 0;
        if (!decimal_total(quantity, price, discount, &total))
            too_large(context, number);
        struct db_value *pair = totals->pairs[totals->count++];
        pair[0] = DB_INT(totals->last);
        pair[1] = DB_INT(total);
    }
    return db_done(rows, err);
}

static bool totals_write(struct db_conn *conn, struct arena *arena, const struct totals *totals, struct err *err)
{
    struct db_batch *batch = db_batch_begin(conn, arena, "UPDATE article_row SET total = $2 WHERE id = $1", err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < totals->count; i++)
        ok = db_batch_add(batch, totals->pairs[i], 2, err);
    return db_batch_end(batch, err) && ok;
}

bool article_rows_derive_totals(struct db_conn *conn, const char *literal,
                                void (*too_large)(void *context, int64_t number), void *context, struct err *err)
{
    struct arena *arena = arena_create();
    struct totals totals = {.count = 0};
    bool ok;
    do {
        ok = totals_read(conn, arena, literal, too_large, context, &totals, err) &&
             totals_write(conn, arena, &totals, err);
        arena_reset(arena);
    } while (ok && totals.count);
    arena_destroy(arena);
    return ok;
}
