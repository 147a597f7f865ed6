/*
 * The rules about times of cases, work orders and specifications. Import refuses rows that break them, and the
 * dashboards leave out stored rows with times in an impossible order, which date from before forms and imports refused
 * them.
 */
#pragma once

#include "model/field.h"
#include "service/config.h"

struct db_conn;

/* A rule about two fields of a row. */
struct time_rule {
    const struct entity *entity;
    size_t first, second; /* positions in the table of fields */
    enum {
        TIME_ORDERED, /* `second` is not earlier than `first` */
        TIME_STARTED, /* there is no `second` while the state in `first` is not started */
    } kind;
    const char *problem; /* English, for import */
};
extern const struct time_rule time_rules[];
extern const size_t time_rule_count;

/* SQL that is true for a row with times in an impossible order, on the aliases c, w and s. */
#define CASE_DISORDERED                                                                                                \
    "(c.started < c.created OR c.finished < c.created OR c.finished < c.started"                                       \
    " OR (c.status = " CASE_NOT_STARTED_SQL " AND c.finished IS NOT NULL))"
/*
 * The times of a case with work orders follow from these, which may have begun before the case was registered. What
 * staff or a file gave stays where the work orders have no time, so together they may still be impossible.
 */
#define CASE_BACKWARDS "c.finished < c.started"
#define WORK_ORDER_DISORDERED                                                                                          \
    "(w.started < w.created OR w.finished < w.created OR w.finished < w.started OR w.booked_to < w.booked_from"        \
    " OR (w.status = " WORK_ORDER_NOT_STARTED_SQL " AND w.finished IS NOT NULL))"
#define SPECIFICATION_DISORDERED "(s.period_to < s.period_from)"

/* Reports rows that break a rule for `kundportal check`, one per line, at most a hundred of each kind. */
MUST_CHECK bool time_order_check(struct db_conn *conn, const struct config *config, struct arena *arena,
                                 struct buf *report, struct err *err);
