/*
 * Prepared statements of one connection, found by their text. When there are too many, the least recently used one is
 * released. Each engine embeds `struct statement` as the first member of its own statement.
 */
#pragma once

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

/* Finds a statement by its text and makes it the newest; NULL when there is no such statement. */
struct statement *statements_find(struct statements *statements, struct str text);
/* Adds a statement. Its text must be set and not be in the cache yet. May release the oldest statement. */
void statements_add(struct statements *statements, struct statement *statement);
void statements_remove(struct statements *statements, struct statement *statement);
void statements_clear(struct statements *statements);
