/* The items of picklists as options of forms. For customers and objects see choice_search.h. */
#pragma once

#include "portal/visit.h"

/* Finds the items of a picklist in the visit's language. Marks `chosen`, and keeps it even when it is inactive. */
MUST_CHECK bool choices_picklist(struct visit *visit, const char *list, struct str chosen, struct option **options,
                                 size_t *count, struct err *err);
/*
 * Adds the chosen value as it is when the options do not have it, because it is wrong or because the actor may not see
 * it. The form then shows why nothing is found.
 */
void choices_keep(struct arena *arena, struct str chosen, struct option **options, size_t *count);
