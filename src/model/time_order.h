/*
 * Finds times of cases, work orders and specifications in an impossible order. Such rows date from before forms and
 * imports refused them.
 */
#pragma once

#include "service/config.h"

struct db_conn;

/* SQL that is true for a row with such times, on the aliases c, w and s. */
#define CASE_DISORDERED                                                                                                \
    "(c.started < c.created OR c.finished < c.created OR c.finished < c.started"                                       \
    " OR (c.status = " CASE_NOT_STARTED_SQL " AND c.finished IS NOT NULL))"
#define WORK_ORDER_DISORDERED                                                                                          \
    "(w.started < w.created OR w.finished < w.created OR w.finished < w.started OR w.booked_to < w.booked_from"        \
    " OR (w.status = " WORK_ORDER_NOT_STARTED_SQL " AND w.finished IS NOT NULL))"
#define SPECIFICATION_DISORDERED "(s.period_to < s.period_from)"

/* Reports such rows for `kundportal check`, one per line, at most a hundred of each kind. */
MUST_CHECK bool time_order_check(struct db_conn *conn, const struct config *config, struct arena *arena,
                                 struct buf *report, struct err *err);
