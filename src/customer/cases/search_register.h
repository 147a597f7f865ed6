/*
 * The criteria "customer" and "object" (domain 5): a list of what the login sees, or where that is long a box to search in. Without
 * script the box has a button that brings hits to choose from (web/README.md).
 */
#ifndef KP_CUSTOMER_CASES_SEARCH_REGISTER_H
#define KP_CUSTOMER_CASES_SEARCH_REGISTER_H

#include "customer/cases/choice_search.h"
#include "customer/cases/views.h"

/*
 * Fills all of the criterion but its label. *number is what is searched by; the number of one, typed into the box, becomes it. An error
 * in the field tells that something else was typed and nothing chosen.
 */
bool search_register_fill(struct visit *visit, enum choice_kind kind, struct str name, struct str *number,
                          struct criterion *one, struct err *err) __attribute__((warn_unused_result));

/* GET /cases/choices/customers and /cases/choices/objects: hits for the box. */
bool search_customers(struct visit *visit, struct err *err);
bool search_objects(struct visit *visit, struct err *err);

#endif
