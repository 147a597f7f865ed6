#include "model/time_order.h"

#include "db/db.h"
#include "model/case_fields.h"
#include "model/specification_fields.h"
#include "model/work_order_fields.h"

#define REPORTED 100

const struct time_rule time_rules[] = {
    {&case_entity, CASE_CREATED_AT, CASE_STARTED_AT, TIME_ORDERED, "the case was started before it was created"},
    {&case_entity, CASE_CREATED_AT, CASE_FINISHED_AT, TIME_ORDERED, "the case was finished before it was created"},
    {&case_entity, CASE_STARTED_AT, CASE_FINISHED_AT, TIME_ORDERED, "the case was finished before it was started"},
    {&case_entity, CASE_STATUS, CASE_FINISHED_AT, TIME_STARTED, "the case is not started, so it cannot be finished"},
    {&work_order_entity, ORDER_CREATED_AT, ORDER_STARTED_AT, TIME_ORDERED,
     "the work order was started before it was created"},
    {&work_order_entity, ORDER_CREATED_AT, ORDER_FINISHED_AT, TIME_ORDERED,
     "the work order was finished before it was created"},
    {&work_order_entity, ORDER_STARTED_AT, ORDER_FINISHED_AT, TIME_ORDERED,
     "the work order was finished before it was started"},
    {&work_order_entity, ORDER_STATUS, ORDER_FINISHED_AT, TIME_STARTED,
     "the work order is not started, so it cannot be finished"},
    {&work_order_entity, ORDER_FROM, ORDER_TO, TIME_ORDERED, "the booking ends before it begins"},
    {&specification_entity, SPEC_FROM, SPEC_TO, TIME_ORDERED, "the period ends before it begins"},
};
const size_t time_rule_count = sizeof time_rules / sizeof *time_rules;

static const struct {
    const char *what, *select_literal;
} KINDS[] = {
    {"case",
     "SELECT c.number FROM cases c WHERE " CASE_DISORDERED " AND (" CASE_BACKWARDS
     " OR NOT EXISTS (SELECT 1 FROM work_order w WHERE w.case_id = c.id AND w.status <> " WORK_ORDER_CANCELLED_SQL "))"
     " ORDER BY c.number COLLATE \"sv-natural\" LIMIT $1"},
    {"work order", "SELECT w.number FROM work_order w WHERE " WORK_ORDER_DISORDERED
                   " ORDER BY w.number COLLATE \"sv-natural\" LIMIT $1"},
    {"invoice specification", "SELECT s.number FROM invoice_specification s WHERE " SPECIFICATION_DISORDERED
                              " ORDER BY s.number COLLATE \"sv-natural\" LIMIT $1"},
};

bool time_order_check(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                      struct err *err)
{
    (void)config;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        struct db_rows *rows = db_query(conn, arena, KINDS[i].select_literal, DB_ARGS(DB_INT(REPORTED)), err);
        for (struct str number; db_read_next(rows, TO_LENT(&number));)
            buf_printf(report, "%s %.*s: its times are in the wrong order\n", KINDS[i].what, STR_FMT(number));
        if (!db_done(rows, err))
            return false;
    }
    return true;
}
