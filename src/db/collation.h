/*
 * The sort order of the Swedish alphabet for SQLite, where a number within a text sorts by its value (`Lgh 2` before
 * `Lgh 10`). The schema gives PostgreSQL a collation of the same name. Both engines use the same ICU library, and both
 * break ties by bytes, so only identical texts are equal.
 */
#pragma once

#include "base/err.h"

#define COLLATION_NAME "sv-natural"

/* Opens a collator. All connections share it, because ICU only reads it. */
MUST_CHECK void *collation_open(struct err *err);
void collation_close(void *collator); /* NULL is allowed */
/*
 * Returns the collator of the process for sorting outside the database. It is opened at its first use and never closed.
 */
MUST_CHECK void *collation_shared(struct err *err);
/* Compares two texts, in the form that sqlite3_create_collation_v2 needs: lengths in bytes, UTF-8. */
int collation_compare(void *collator, int a_size, const void *a, int b_size, const void *b);

/*
 * Turns letters of any alphabet into small letters, as PostgreSQL does under this collation; SQLite's own lower() knows
 * only A to Z. Returns the length of the result in bytes: more than `cap` when it did not fit, 0 when the text is not
 * UTF-8.
 */
size_t collation_lower(const char *text, size_t n, char *out, size_t cap);
