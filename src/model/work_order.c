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

bool work_orders_note_invited(struct db_conn *conn, int64_t case_id, struct err *err)
{
    return db_exec(conn,
                   "UPDATE work_order SET invited = 1 WHERE case_id = $1 AND invited = 0 AND booked_from IS NOT NULL"
                   " AND status < " WORK_ORDER_FINISHED_SQL,
                   DB_ARGS(DB_INT(case_id)), err);
}
