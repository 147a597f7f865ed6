/* The SQL of the list of cases, measured: rows and their number for what is asked. */
#ifndef KP_PARTS_CASE_LIST_SOURCE_H
#define KP_PARTS_CASE_LIST_SOURCE_H

#include "lists/list.h"

/*
 * Orders on the aliases of case_source: s (created, case_id) and c (cases); ty, pr, cu and o are what a case refers to.
 */
#define CASE_ORDERS 4
extern const struct list_order case_orders[CASE_ORDERS];

/* As struct list has them. */
bool case_source(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err)
    __attribute__((warn_unused_result));
bool case_count(struct list_query *query, int64_t *total, struct err *err) __attribute__((warn_unused_result));

#endif
