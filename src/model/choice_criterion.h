/*
 * The criteria "customer" and "object" of lists (domain 5): a list of what the login sees, or where that is long a box
 * to search in. Without script the box has a button that brings hits to choose from (web/README.md). And the items of a
 * picklist as a criterion.
 */
#ifndef KP_MODEL_CHOICE_CRITERION_H
#define KP_MODEL_CHOICE_CRITERION_H

#include "portal/visit.h"

/*
 * Fills a criterion of customers or objects (domain 5) but for name and label: a list, or a box to search in where the
 * list is long. *number is what is searched by; the number of one, typed into the box, becomes it. one->field.name must
 * be set: `customer`, `object`.
 */
bool cases_criterion_customer(struct visit *visit, struct str *number, struct criterion *one, struct err *err)
    __attribute__((warn_unused_result));
bool cases_criterion_object(struct visit *visit, struct str *number, struct criterion *one, struct err *err)
    __attribute__((warn_unused_result));
/* The same of the items of a picklist; `chosen` is kept whatever it is. */
bool cases_criterion_picklist(struct visit *visit, const char *list, struct str chosen, struct criterion *one,
                              struct err *err) __attribute__((warn_unused_result));

#endif
