/* The SQL of the list of cases: finds the rows of a query and counts them. Its speed is measured. */
#pragma once

#include "lists/list.h"

/*
 * Orders of the list of cases. They use the aliases of case_source: s (created, case_id), c (cases), and ty, pr, cu and
 * o for the type, priority, customer and object of a case.
 */
#define CASE_ORDERS 7
extern const struct list_order case_orders[CASE_ORDERS];
/* Those of staff, who see all cases: each has an index. */
#define STAFF_CASE_ORDERS 5
extern const struct list_order staff_case_orders[STAFF_CASE_ORDERS];

/* `source` and `count` of struct list. */
MUST_CHECK bool case_source(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err);
MUST_CHECK bool case_count(struct list_query *query, int64_t *total, struct err *err);
