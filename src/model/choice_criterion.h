/*
 * The criteria "customer" and "object" of lists (domain 5): a list of the customers or objects that the login sees, or
 * a search box when that list is long. Without script the box has a button that brings hits to choose from
 * (web/README.md). Also the items of a picklist as a criterion.
 */
#pragma once

#include "portal/visit.h"

/*
 * Fills a criterion of customers or objects (domain 5), except its name and label, with a list, or with a search box
 * when the list is long. *number is the number to search cases by. When somebody types the number of a customer or
 * object into the box, it becomes *number. one->field.name must be set to `customer` or `object`. The label becomes
 * empty when the actor has nothing to choose from: then there is no such criterion.
 */
MUST_CHECK bool cases_criterion_customer(struct visit *visit, struct str *number, struct criterion *one,
                                         struct err *err);
MUST_CHECK bool cases_criterion_object(struct visit *visit, struct str *number, struct criterion *one, struct err *err);
/* Fills a criterion with the items of a picklist. `chosen` is kept even when it is not among them. */
MUST_CHECK bool cases_criterion_picklist(struct visit *visit, const char *list, struct str chosen,
                                         struct criterion *one, struct err *err);
