/*
 * Exact decimals (domain 2: never floating point). A decimal is an int64_t in millionths. Money is an int64_t in öre,
 * the hundredths of a krona. contract 4: total = quantity × unit_price × (1 − discount), rounded half away from zero to
 * öre.
 */
#pragma once

#include "base/arena.h"

#define DECIMAL_ONE INT64_C(1000000)

/*
 * Reads `12`, `-3.5` or `0,25`. Blanks, U+00A0 and U+202F may group thousands. At most 6 decimals and 12 whole digits.
 */
bool decimal_parse(struct str s, int64_t *millionths);
/* Returns the shortest form with `.`, for files: `12`, `3.5`. */
struct str decimal_format(struct arena *arena, int64_t millionths);
/*
 * Computes the total in öre. discount is in millionths, from 0 to 1. Returns false when the total has more than 12
 * whole digits: within that limit a total also fits in millionths, and tens of thousands of totals can be added up.
 */
bool decimal_total(int64_t quantity, int64_t unit_price, int64_t discount, int64_t *ore);
/* Returns microseconds in hours, rounded to a millionth, for files. */
struct str hours_format(struct arena *arena, int64_t us);
/* Returns `1234.50`, for files. */
struct str ore_format(struct arena *arena, int64_t ore);
