#include "model/work_order.h"

#include "model/work_order_fields.h"

/*
 * Work that is registered afterwards counts as created when it began, so that no timestamp of a work order is before
 * its creation.
 */
bool work_order_save(struct case_edit *edit, struct work_order *order, struct err *err)
{
    struct visit *visit = edit->visit;
    struct record_column *columns = ARENA_ARRAY(visit->arena, struct record_column, order->column_count + 4);
    int64_t id = order->id, created = order->began && order->began < visit->now_us ? order->began : visit->now_us;
    size_t count = 0;
    for (size_t i = 0; i < order->column_count; i++)
        columns[count++] = order->columns[i];
    columns[count++] = (struct record_column){"status", DB_INT(order->status)};
    if (id) {
        if (order->began && !db_exec(visit->db, "UPDATE work_order SET created = $2 WHERE id = $1 AND created > $2",
                                     DB_ARGS(DB_INT(id), DB_INT(order->began)), err))
            return false;
    } else {
        if (!case_part_number(edit, CASE_PART_WORK_ORDER, &order->number, err))
            return false;
        edit->subject = order->number;
        columns[count++] = (struct record_column){"number", DB_TEXT(order->number)};
        columns[count++] = (struct record_column){"case_id", DB_INT(edit->case_id)};
        columns[count++] = (struct record_column){"created", DB_INT(created)};
    }
    return record_save(visit->db, visit->arena, &work_order_entity, columns, count, &id, err);
}

bool work_order_cancel(struct case_edit *edit, int64_t id, struct str reason, struct err *err)
{
    return db_exec(edit->visit->db,
                   "UPDATE work_order SET status = " WORK_ORDER_CANCELLED_SQL
                   ", cancel_reason = $2 WHERE id = $1 AND status < " WORK_ORDER_FINISHED_SQL,
                   DB_ARGS(DB_INT(id), DB_TEXT(reason)), err) &&
           (db_changes(edit->visit->db) > 0 || err_set(err, ERR_CONFLICT, NULL, "the work order is not open"));
}

bool work_order_reopen(struct case_edit *edit, int64_t id, struct err *err)
{
    return db_exec(edit->visit->db,
                   "UPDATE work_order SET status = CASE WHEN started IS NULL THEN " WORK_ORDER_NOT_STARTED_SQL
                   " ELSE " WORK_ORDER_STARTED_SQL " END, finished = NULL, cancel_reason = ''"
                   " WHERE id = $1 AND status >= " WORK_ORDER_FINISHED_SQL,
                   DB_ARGS(DB_INT(id)), err) &&
           (db_changes(edit->visit->db) > 0 || err_set(err, ERR_CONFLICT, NULL, "the work order is open"));
}

bool work_orders_note_invited(struct db_conn *conn, int64_t case_id, int64_t now_us, int64_t least_us, struct err *err)
{
    return db_exec(conn,
                   "UPDATE work_order AS w SET invited = 1 FROM cases c WHERE w.case_id = $1 AND c.id = w.case_id"
                   " AND w.invited = 0 AND " WORK_ORDER_COMING " AND " WORK_ORDER_OPEN,
                   DB_ARGS(DB_INT(case_id), DB_INT(now_us), DB_INT(least_us)), err);
}
