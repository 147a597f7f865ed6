/* Cases: search, the page of one, creating one. See README.md in this folder. */
#ifndef KP_CUSTOMER_CASES_CASES_H
#define KP_CUSTOMER_CASES_CASES_H

#include "portal/visit.h"

extern const struct feature cases_feature;

/* The empty form of a new case for the actor of a visit that is a preview; and the page of the search. */
bool cases_preview_new(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
bool cases_preview_search(struct visit *visit, struct err *err) __attribute__((warn_unused_result));

#endif
