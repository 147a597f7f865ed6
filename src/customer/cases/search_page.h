/* GET /cases: the search form and, below it, the result (domain 5). */
#ifndef KP_CUSTOMER_CASES_SEARCH_PAGE_H
#define KP_CUSTOMER_CASES_SEARCH_PAGE_H

#include "model/case_criteria.h"

bool search_page(struct visit *visit, struct err *err);
/* GET /cases.csv and /cases.xlsx: all hits with the columns of the page. */
bool search_csv(struct visit *visit, struct err *err);
bool search_xlsx(struct visit *visit, struct err *err);
/*
 * All of these serve staff too, below /staff/cases: who asks decides. Staff see every case, newest or oldest first, and may look for
 * those that nobody in the portal sees as he should. Reads the criteria of whoever asks; false as criteria_read.
 */
bool search_criteria(struct visit *visit, struct criteria *criteria);
/* `/cases`, or `/staff/cases`, and what stands behind it. */
const char *search_path(const struct visit *visit, const char *behind);

/* `/staff/lists/cases`: which columns the user of staff wants, in which order. */
bool case_columns_page(struct visit *visit, struct err *err);
bool case_columns_send(struct visit *visit, struct err *err);

#endif
