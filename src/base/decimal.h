/*
 * Exact decimals (domain 2: never floating point). A decimal is an int64_t in millionths; money in öre is an int64_t of
 * hundredths. contract 4: total = quantity × unit_price × (1 − discount), rounded half away from zero to öre.
 */
#ifndef KP_BASE_DECIMAL_H
#define KP_BASE_DECIMAL_H

#include "base/arena.h"

#define DECIMAL_ONE INT64_C(1000000)

/* `12`, `-3.5`, `0,25`; blanks, U+00A0 and U+202F may group thousands; at most 6 decimals and 12 whole digits. */
bool decimal_parse(struct str s, int64_t *millionths);
/* Shortest form with `.`: `12`, `3.5`. For files. */
struct str decimal_format(struct arena *arena, int64_t millionths);
/*
 * False when it has more than 12 whole digits: a total can be written in millionths, and tens of thousands of them add
 * up. discount in millionths, 0..1.
 */
bool decimal_total(int64_t quantity, int64_t unit_price, int64_t discount, int64_t *ore);
/* `1234.50`. For files. */
struct str ore_format(struct arena *arena, int64_t ore);

#endif
