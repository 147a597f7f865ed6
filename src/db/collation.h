/*
 * The order of the Swedish alphabet for SQLite, under the name that PostgreSQL gives it: "sv-x-icu". Both engines ask the same ICU
 * library, and both break ties by bytes, so equal means identical.
 */
#ifndef KP_DB_COLLATION_H
#define KP_DB_COLLATION_H

#include "base/err.h"

#define COLLATION_NAME "sv-x-icu"

/* One collator serves all connections: ICU only reads it. */
void *collation_open(struct err *err) __attribute__((warn_unused_result));
void collation_close(void *collator); /* NULL is allowed */
/* The collator of the process for sorting outside the database, opened at its first use; never closed. */
void *collation_shared(struct err *err) __attribute__((warn_unused_result));
/* In the form of sqlite3_create_collation_v2: lengths in bytes, UTF-8. */
int collation_compare(void *collator, int a_size, const void *a, int b_size, const void *b);

/*
 * Small letters of any alphabet, as PostgreSQL makes them under this collation; SQLite's own lower() knows only A to Z. Returns how many bytes
 * the result has; more than `cap` when it did not fit, 0 when the text is not UTF-8.
 */
size_t collation_lower(const char *text, size_t n, char *out, size_t cap);

#endif
