/* For unit tests only: puts the words of one case. */
#pragma once

#include "db/dialect.h"

struct puts {
    struct arena *arena;
    struct case_words one;
};

static bool put_one(struct db_conn *conn, void *context, struct err *err)
{
    struct puts *puts = context;
    return dialect_search_put(conn, puts->arena, &puts->one, 1, NULL, err);
}

static bool put(struct db_conn *conn, int64_t id, const char *words, struct err *err)
{
    struct puts puts = {arena_create(), {id, str_of(words)}};
    bool ok = db_transaction(conn, put_one, &puts, err);
    arena_destroy(puts.arena);
    return ok;
}
