#include "model/work_order.h"

#include "model/case_number.h"

bool work_order_find(struct db_conn *conn, struct arena *arena, int64_t case_id, struct str number,
                     struct work_order *order, struct err *err)
{
    struct work_order read = {0};
    bool found;
    if (!db_find(conn, arena,
                 "SELECT w.id, w.number, w.status, w.booked_from, w.booked_to, w.started, w.finished, w.title,"
                 " COALESCE(p.key, ''), w.resource FROM work_order w LEFT JOIN picklist_item p ON p.id = w.type_id"
                 " WHERE w.number = $1 AND w.case_id = $2",
                 DB_ARGS(DB_TEXT(number), DB_INT(case_id)),
                 DB_TARGETS(TO(&read.id), TO(&read.number), TO(&read.status), TO(&read.booked_from),
                            TO(&read.booked_to), TO(&read.started), TO(&read.finished), TO(&read.title), TO(&read.type),
                            TO(&read.resource)),
                 &found, err))
        return false;
    *order = read;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such work order of this case");
}

/*
 * Work that is registered afterwards counts as created when it began, so that no timestamp of a work order is before
 * its creation.
 */
static int64_t work_order_created(const struct work_order *order, int64_t otherwise)
{
    int64_t created = otherwise;
    if (order->started && order->started < created)
        created = order->started;
    return order->finished && order->finished < created ? order->finished : created;
}

static bool work_order_insert(struct case_edit *edit, struct work_order *order, struct err *err)
{
    if (!case_part_number(edit, CASE_PART_WORK_ORDER, &order->number, err))
        return false;
    edit->subject = order->number;
    return db_exec(edit->visit->db,
                   "INSERT INTO work_order (number, case_id, title, type_id, resource, booked_from, booked_to, started,"
                   " finished, status, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                   DB_ARGS(DB_TEXT(order->number), DB_INT(edit->case_id), DB_TEXT(order->title),
                           DB_ID_OR_NULL(order->type_id), DB_TEXT(order->resource), DB_ID_OR_NULL(order->booked_from),
                           DB_ID_OR_NULL(order->booked_to), DB_ID_OR_NULL(order->started),
                           DB_ID_OR_NULL(order->finished), DB_INT(order->status),
                           DB_INT(work_order_created(order, edit->visit->now_us))),
                   err);
}

bool work_order_save(struct case_edit *edit, struct work_order *order, struct err *err)
{
    if (!order->id)
        return work_order_insert(edit, order, err);
    return db_exec(
        edit->visit->db,
        "UPDATE work_order SET title = $2, type_id = $3, resource = $4, booked_from = $5, booked_to = $6,"
        " started = $7, finished = $8, status = $9, created = CASE WHEN created > $10 THEN $10 ELSE created END"
        " WHERE id = $1",
        DB_ARGS(DB_INT(order->id), DB_TEXT(order->title), DB_ID_OR_NULL(order->type_id), DB_TEXT(order->resource),
                DB_ID_OR_NULL(order->booked_from), DB_ID_OR_NULL(order->booked_to), DB_ID_OR_NULL(order->started),
                DB_ID_OR_NULL(order->finished), DB_INT(order->status), DB_INT(work_order_created(order, INT64_MAX))),
        err);
}
