/* Numbers and texts that people chose, as parts of addresses: `/staff/customers/K-0001/login`. */
#pragma once

#include "base/arena.h"

/* Returns `FOLDER/NUMBER` followed by `ending`, such as `/edit` or "". Only the number is escaped. */
struct str address_of(struct arena *arena, const char *folder, struct str number, const char *ending);
/*
 * Returns the number that address_of wrote. `part` is a part of an address that is already decoded once
 * (visit->path_value).
 */
struct str address_number(struct arena *arena, struct str part);
/* Returns an address with a value at its end, escaped. `start` ends in a parameter: `/staff/cases?customer=`. */
struct str address_with(struct arena *arena, const char *start, struct str value);
