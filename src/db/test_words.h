/* For unit tests only: puts the words of one case. */
#pragma once

#include "db/dialect.h"

struct puts {
    struct arena *arena;
    enum search_index index;
    struct search_row one;
};

static bool put_one(struct db_conn *conn, void *context, struct err *err)
{
    struct puts *puts = context;
    return dialect_search_put(conn, puts->arena, puts->index, &puts->one, 1, NULL, err);
}

static inline bool put_into(struct db_conn *conn, enum search_index index, int64_t id, const char *words,
                            struct err *err)
{
    struct puts puts = {arena_create(), index, {id, str_of(words)}};
    bool ok = db_transaction(conn, put_one, &puts, err);
    arena_destroy(puts.arena);
    return ok;
}

static bool put(struct db_conn *conn, int64_t id, const char *words, struct err *err)
{
    return put_into(conn, SEARCH_CASES, id, words, err);
}
