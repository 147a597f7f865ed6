/* What the lists of the search form offer (domain 5): only what the actor may see. */
#ifndef KP_FEATURES_CASES_CHOICES_H
#define KP_FEATURES_CASES_CHOICES_H

#include "access/visibility.h"
#include "portal/visit.h"

/* Items of a picklist in the visit's language. `chosen` is marked, and kept when it is inactive. */
bool choices_picklist(struct visit *visit, const char *list, struct str chosen, struct option **options, size_t *count,
                      struct err *err) __attribute__((warn_unused_result));

/*
 * Customers or objects to search among, by name. When there are more than `cap`, *more is set and none are given: the form shows a
 * field to type in instead.
 */
bool choices_customers(struct visit *visit, struct str chosen, size_t cap, struct option **options, size_t *count,
                       bool *more, struct err *err) __attribute__((warn_unused_result));
bool choices_objects(struct visit *visit, struct str chosen, size_t cap, struct option **options, size_t *count,
                     bool *more, struct err *err) __attribute__((warn_unused_result));

#endif
