#include "model/article_row.h"

#include "model/case_number.h"
#include "model/specification.h"

static bool article_row_insert(struct case_edit *edit, struct article_row *row, struct err *err)
{
    if (!case_part_number(edit, CASE_PART_ROW, &row->number, err))
        return false;
    edit->subject = row->number;
    return db_exec(edit->visit->db,
                   "INSERT INTO article_row (number, case_id, work_order_id, article_id, row_date, title, description,"
                   " action_code_id, article_type, quantity, unit, unit_price, discount, total, resource)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                   DB_ARGS(DB_TEXT(row->number), DB_INT(edit->case_id), DB_ID_OR_NULL(row->work_order_id),
                           DB_ID_OR_NULL(row->article_id), DB_TEXT(row->date), DB_TEXT(row->title),
                           DB_TEXT(row->description), DB_ID_OR_NULL(row->action_code_id), DB_TEXT(row->article_type),
                           DB_INT(row->quantity), DB_TEXT(row->unit), DB_INT(row->unit_price), DB_INT(row->discount),
                           DB_INT(row->total), DB_TEXT(row->resource)),
                   err);
}

bool article_row_save(struct case_edit *edit, struct article_row *row, struct err *err)
{
    struct db_conn *conn = edit->visit->db;
    if (!row->id)
        return article_row_insert(edit, row, err);
    if (!db_exec(conn,
                 "UPDATE article_row SET work_order_id = $2, article_id = $3, row_date = $4, title = $5,"
                 " description = $6, action_code_id = $7, article_type = $8, quantity = $9, unit = $10,"
                 " unit_price = $11, discount = $12, total = $13, resource = $14"
                 " WHERE id = $1 AND status = 'editable'",
                 DB_ARGS(DB_INT(row->id), DB_ID_OR_NULL(row->work_order_id), DB_ID_OR_NULL(row->article_id),
                         DB_TEXT(row->date), DB_TEXT(row->title), DB_TEXT(row->description),
                         DB_ID_OR_NULL(row->action_code_id), DB_TEXT(row->article_type), DB_INT(row->quantity),
                         DB_TEXT(row->unit), DB_INT(row->unit_price), DB_INT(row->discount), DB_INT(row->total),
                         DB_TEXT(row->resource)),
                 err))
        return false;
    /* An import may have attested it since it was read. */
    if (!db_changes(conn))
        return err_set(err, ERR_CONFLICT, NULL, "the row is not editable any more");
    return specification_refresh_row(conn, edit->visit->arena, row->id, err);
}

bool article_row_move(struct case_edit *edit, int64_t id, struct str from, struct str to, struct err *err)
{
    return db_exec(edit->visit->db, "UPDATE article_row SET status = $2 WHERE id = $1 AND status = $3",
                   DB_ARGS(DB_INT(id), DB_TEXT(to), DB_TEXT(from)), err) &&
           specification_refresh_row(edit->visit->db, edit->visit->arena, id, err);
}

bool article_rows_invoice(struct db_conn *conn, int64_t specification_id, struct err *err)
{
    return db_exec(conn,
                   "UPDATE article_row SET status = 'invoiced' WHERE status IN ('editable', 'attested') AND id IN"
                   " (SELECT article_row_id FROM invoice_specification_row WHERE specification_id = $1)",
                   DB_ARGS(DB_INT(specification_id)), err);
}
