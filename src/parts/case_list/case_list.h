/*
 * The list of cases, of customers and of staff (contract 3, `/cases` and `/staff/cases`). See README.md in this folder.
 */
#ifndef KP_PARTS_CASE_LIST_CASE_LIST_H
#define KP_PARTS_CASE_LIST_CASE_LIST_H

#include "lists/list.h"

/* A customer sees the columns of the configuration; staff choose theirs among all and see every case. */
extern const struct list customer_cases_list, staff_cases_list;

/* One of the newest cases that are not finished. */
struct case_brief {
    int64_t id;
    struct str number, title;
    int status;
    struct str object;
    int64_t created;
};

/* The newest cases that are not finished, for the start page. At most `limit`. */
bool cases_newest_open(struct visit *visit, size_t limit, struct case_brief **cases, size_t *count, struct err *err)
    __attribute__((warn_unused_result));

#endif
