/* The items of picklists as choices of forms. Customers and objects: choice_search.h. */
#ifndef KP_MODEL_CHOICES_H
#define KP_MODEL_CHOICES_H

#include "portal/visit.h"

/* Items of a picklist in the visit's language. `chosen` is marked, and kept when it is inactive. */
bool choices_picklist(struct visit *visit, const char *list, struct str chosen, struct option **options, size_t *count,
                      struct err *err) __attribute__((warn_unused_result));
/*
 * Adds what is chosen as it is when it is none of the options: wrong, or out of sight of who asks. The form then shows
 * why nothing is found.
 */
void choices_keep(struct arena *arena, struct str chosen, struct option **options, size_t *count);

#endif
