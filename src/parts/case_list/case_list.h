/*
 * The lists of cases for customers and for staff (contract 3, `/cases` and `/staff/cases`). See README.md in this
 * folder.
 */
#pragma once

#include "lists/list.h"

/*
 * Customers see the configured columns of the cases visible to them; staff choose among all columns and see every case.
 */
extern const struct list customer_cases_list, staff_cases_list;

/* A case as other pages list it. */
struct case_brief {
    struct str number, title;
};

/* Finds the newest cases with all words of the text, at most `limit`, for staff; without words it finds nothing. */
MUST_CHECK bool cases_newest_found(struct visit *visit, struct str q, size_t limit, struct case_brief **cases,
                                   size_t *count, struct err *err);
