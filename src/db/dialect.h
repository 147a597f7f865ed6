/* The places where the two engines differ: full text and collation. Everything else is common SQL (db.h). */
#pragma once

#include "db/db.h"

#define SEARCH_TOKEN_MAX 64

/*
 * Full text over `case_search`. search_words.h makes the words of a case in C (folded and split), so both engines index
 * and find exactly the same tokens. SQLite: FTS5 with the `ascii` tokenizer over tokens separated by blanks.
 * PostgreSQL: a tsvector of the same lexemes under a GIN index.
 */

/*
 * Replaces the words of a case. `words` are tokens separated by blanks, each at most SEARCH_TOKEN_MAX bytes and without
 * ASCII capitals and control characters (else ERR_INVALID), at most 512 KiB together (else ERR_TOO_LARGE). Empty words
 * remove the case from the index.
 */
MUST_CHECK bool dialect_search_put(struct db_conn *conn, int64_t case_id, struct str words, struct err *err);

/* Does the same for many cases, faster on PostgreSQL. Only inside db_transaction. */
struct case_words {
    int64_t case_id;
    struct str words;
};
MUST_CHECK bool dialect_search_put_all(struct db_conn *conn, struct arena *arena, const struct case_words *cases,
                                       size_t count, struct err *err);

/*
 * Call these before and after putting the words of very many cases, in the same transaction: PostgreSQL gathers the
 * words and sorts them into its index at once. Other readers and writers do not wait for it.
 */
MUST_CHECK bool dialect_search_bulk_begin(struct db_conn *conn, struct err *err);
MUST_CHECK bool dialect_search_bulk_end(struct db_conn *conn, struct err *err);

struct search_term {
    struct str token;
    bool prefix; /* true: matches the beginning of a word; false: the whole word */
};

/*
 * Appends `column IN (…)`: the cases that have every term and, when scope_count > 0, at least one scope token.
 * `column_literal` names the column, for example "c.id". Without terms and scopes it selects every case that has words.
 */
void dialect_search_match(struct sql *sql, enum db_engine engine, const char *column_literal,
                          const struct search_term *terms, size_t term_count, const struct str *scope_tokens,
                          size_t scope_count);

/*
 * Whether `a UNION b ORDER BY … LIMIT …` reads each part by an index in that order, and only as far as the limit needs.
 * An engine that reads the parts whole needs an order and a limit in each part.
 */
bool dialect_merges_lazily(enum db_engine engine);
