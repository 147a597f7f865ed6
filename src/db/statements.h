/*
 * Prepared statements of one connection, found by their text; the least recently used goes when there are too many. The
 * engines embed `struct statement` as the first member of their own.
 */
#ifndef KP_DB_STATEMENTS_H
#define KP_DB_STATEMENTS_H

#include "base/str.h"

#define STATEMENTS_MAX 150
#define STATEMENTS_BUCKETS 256

struct statement {
    struct str text; /* owned by the engine's statement */
    uint64_t hash;
    struct statement *chain;
    struct statement *newer, *older;
};

struct statements {
    struct statement *buckets[STATEMENTS_BUCKETS];
    struct statement *newest, *oldest;
    size_t count;
    void (*release)(struct statement *statement, void *context);
    void *context;
};

/* NULL when it is not there; else it is the newest from now on. */
struct statement *statements_find(struct statements *statements, struct str text);
/* Keeps a statement whose text is set and not there yet; may release the oldest. */
void statements_add(struct statements *statements, struct statement *statement);
void statements_remove(struct statements *statements, struct statement *statement);
void statements_clear(struct statements *statements);

#endif
