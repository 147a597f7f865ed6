/*
 * The order of the Swedish alphabet for SQLite, where a number within a text counts as one (`Lgh 2` before `Lgh 10`).
 * The schema gives PostgreSQL a collation of the same name. Both engines ask the same ICU library, and both break ties
 * by bytes, so equal means identical.
 */
#ifndef KP_DB_COLLATION_H
#define KP_DB_COLLATION_H

#include "base/err.h"

#define COLLATION_NAME "sv-natural"

/* One collator serves all connections: ICU only reads it. */
void *collation_open(struct err *err) __attribute__((warn_unused_result));
void collation_close(void *collator); /* NULL is allowed */
/* The collator of the process for sorting outside the database, opened at its first use; never closed. */
void *collation_shared(struct err *err) __attribute__((warn_unused_result));
/* In the form of sqlite3_create_collation_v2: lengths in bytes, UTF-8. */
int collation_compare(void *collator, int a_size, const void *a, int b_size, const void *b);

/*
 * Small letters of any alphabet, as PostgreSQL makes them under this collation; SQLite's own lower() knows only A to Z.
 * Returns how many bytes the result has; more than `cap` when it did not fit, 0 when the text is not UTF-8.
 */
size_t collation_lower(const char *text, size_t n, char *out, size_t cap);

#endif
