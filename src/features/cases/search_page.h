/* GET /cases: the search form and, below it, the result (domain 5). */
#ifndef KP_FEATURES_CASES_SEARCH_PAGE_H
#define KP_FEATURES_CASES_SEARCH_PAGE_H

#include "portal/visit.h"

bool search_page(struct visit *visit, struct err *err);
/* GET /cases.csv and /cases.xlsx: all hits with the columns of the page. */
bool search_csv(struct visit *visit, struct err *err);
bool search_xlsx(struct visit *visit, struct err *err);
/* GET /cases/{number} */
bool case_page(struct visit *visit, struct err *err);

#endif
