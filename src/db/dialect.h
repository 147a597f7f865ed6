/* The places where the two engines differ: full text and collation. Everything else is one dialect. */
#ifndef KP_DB_DIALECT_H
#define KP_DB_DIALECT_H

#include "db/db.h"

#define SEARCH_TOKEN_MAX 64

/*
 * Full text over `case_search`. The words of a case are made by search_words.h in C (folded, split), so both engines
 * index and find exactly the same tokens: SQLite FTS5 with the `ascii` tokenizer over blank-separated tokens,
 * PostgreSQL a tsvector of the same lexemes under GIN.
 */

/*
 * Replaces the words of a case. `words` are blank-separated tokens, each at most SEARCH_TOKEN_MAX bytes, without ASCII
 * capitals and control characters (ERR_INVALID), 512 KiB in all (ERR_TOO_LARGE). Empty removes the case.
 */
bool dialect_search_put(struct db_conn *conn, int64_t case_id, struct str words, struct err *err)
    __attribute__((warn_unused_result));

/* The same for many cases, faster on PostgreSQL. Inside db_transaction. */
struct case_words {
    int64_t case_id;
    struct str words;
};
bool dialect_search_put_all(struct db_conn *conn, struct arena *arena, const struct case_words *cases, size_t count,
                            struct err *err) __attribute__((warn_unused_result));

/*
 * Around the words of very many cases, in the same transaction: PostgreSQL gathers them and sorts them into its index
 * at once. Nobody who reads or writes waits for it.
 */
bool dialect_search_bulk_begin(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
bool dialect_search_bulk_end(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));

struct search_term {
    struct str token;
    bool prefix; /* matches the beginning of a word, else the whole token */
};

/*
 * Appends `column IN (…)`: the cases that have every one of `terms` and, when scope_count > 0, at least one of the
 * scope tokens. `column_literal` is such as "c.id". Without terms and scopes: every case that has words.
 */
void dialect_search_match(struct sql *sql, enum db_engine engine, const char *column_literal,
                          const struct search_term *terms, size_t term_count, const struct str *scope_tokens,
                          size_t scope_count);

/*
 * Whether `a UNION b ORDER BY … LIMIT …` reads its parts, each by an index in that order, only as far as the limit
 * needs. Where it reads them whole, each part has an order and a limit of its own.
 */
bool dialect_merges_lazily(enum db_engine engine);

#endif
