#include "db/statements.h"

#include <string.h>

static uint64_t text_hash(struct str text)
{
    const uint64_t mix = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = text.n * mix;
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8) {
        uint64_t part;
        memcpy(&part, text.p + i, 8);
        hash = (hash ^ part) * mix;
        hash ^= hash >> 32;
    }
    uint64_t rest = 0;
    if (i < text.n)
        memcpy(&rest, text.p + i, text.n - i);
    hash = (hash ^ rest) * mix;
    return hash ^ (hash >> 32);
}

static void unlink_age(struct statements *statements, struct statement *statement)
{
    if (statement->newer)
        statement->newer->older = statement->older;
    else
        statements->newest = statement->older;
    if (statement->older)
        statement->older->newer = statement->newer;
    else
        statements->oldest = statement->newer;
}

static void link_newest(struct statements *statements, struct statement *statement)
{
    statement->newer = NULL;
    statement->older = statements->newest;
    if (statements->newest)
        statements->newest->newer = statement;
    else
        statements->oldest = statement;
    statements->newest = statement;
}

struct statement *statements_find(struct statements *statements, struct str text)
{
    uint64_t hash = text_hash(text);
    struct statement *statement = statements->buckets[hash % STATEMENTS_BUCKETS];
    while (statement && (statement->hash != hash || !str_eq(statement->text, text)))
        statement = statement->chain;
    if (statement && statement != statements->newest) {
        unlink_age(statements, statement);
        link_newest(statements, statement);
    }
    return statement;
}

void statements_remove(struct statements *statements, struct statement *statement)
{
    struct statement **at = &statements->buckets[statement->hash % STATEMENTS_BUCKETS];
    while (*at != statement)
        at = &(*at)->chain;
    *at = statement->chain;
    unlink_age(statements, statement);
    statements->count--;
    statements->release(statement, statements->context);
}

void statements_add(struct statements *statements, struct statement *statement)
{
    if (statements->count == STATEMENTS_MAX)
        statements_remove(statements, statements->oldest);
    statement->hash = text_hash(statement->text);
    struct statement **bucket = &statements->buckets[statement->hash % STATEMENTS_BUCKETS];
    statement->chain = *bucket;
    *bucket = statement;
    link_newest(statements, statement);
    statements->count++;
}

void statements_clear(struct statements *statements)
{
    while (statements->oldest)
        statements_remove(statements, statements->oldest);
}
