/* The places where the two engines differ: full text and collation. Everything else is common SQL (db.h). */
#pragma once

#include "db/db.h"

#define SEARCH_WORD_MAX 64
#define SEARCH_TOKEN_MAX (SEARCH_WORD_MAX + 3) /* with a mark */
/* These characters are for private use: no word has them. Tokens that begin with one are scopes of a case, … */
#define SEARCH_SCOPE_MARK "\xEE\x80\x80"
/* … the end of a phone number, … */
#define SEARCH_PHONE_MARK "\xEE\x80\x81"
/* … or the end of a word that is found inside it. */
#define SEARCH_INSIDE_MARK "\xEE\x80\x82"

/*
 * Full text. search_words.h makes words in C (folded and split), so both engines index and find exactly the same
 * tokens. SQLite: FTS5 with the `ascii` tokenizer over tokens separated by blanks. PostgreSQL: a tsvector of the same
 * lexemes under a GIN index. Cases have tables of their own (`case_search`), and so many words that the parts of each
 * word are kept once (`search_part`); all other things share `entity_search`, where each row has the parts of its
 * words.
 */
enum search_index {
    SEARCH_CASES,
    SEARCH_CUSTOMERS,
    SEARCH_OBJECTS,
    SEARCH_CONTACTS,
    SEARCH_ARTICLES,
    SEARCH_FILES,
    SEARCH_SPECIFICATIONS,
    SEARCH_INDEXES,
};

/* What the words of many cases have had already, so that each is written once: see dialect_search_seen. */
struct search_seen;

/*
 * Replaces the words of rows. `words` are tokens separated by blanks, each at most SEARCH_TOKEN_MAX bytes and without
 * ASCII capitals and control characters (else ERR_INVALID), at most 512 KiB together (else ERR_TOO_LARGE). Empty words
 * remove the row from the index. Only inside db_transaction.
 */
struct search_row {
    int64_t id;
    struct str words;
};
MUST_CHECK bool dialect_search_put(struct db_conn *conn, struct arena *arena, enum search_index index,
                                   const struct search_row *rows, size_t count, struct search_seen *seen,
                                   struct err *err);
/*
 * Returns what to give to all calls of dialect_search_put in one transaction, which makes them faster; NULL does too.
 * It must not outlive the transaction.
 */
struct search_seen *dialect_search_seen(struct arena *arena);

/*
 * Call these before and after putting the words of very many cases, in the same transaction: PostgreSQL gathers the
 * words and sorts them into its index at once. Other readers and writers do not wait for it.
 */
MUST_CHECK bool dialect_search_bulk_begin(struct db_conn *conn, struct err *err);
MUST_CHECK bool dialect_search_bulk_end(struct db_conn *conn, struct err *err);

struct search_term {
    struct str token;
    bool prefix;              /* true: matches the beginning of a word; false: the whole word */
    const struct str *inside; /* other tokens that the term finds too */
    size_t inside_count;
    bool inside_prefix; /* they match the beginning of a token */
};

/*
 * Fills `terms` with the terms that find `words`: those that begin with three letters anywhere in the words of cases,
 * the others at their beginning. A letter is anything but 0 to 9.
 */
MUST_CHECK bool dialect_search_terms(struct db_conn *conn, struct arena *arena, const struct str *words, size_t count,
                                     struct search_term *terms, struct err *err);
/* The same for all other things, without asking the database. */
void dialect_search_entity_terms(struct arena *arena, const struct str *words, size_t count, struct search_term *terms);

/* What is searched for: every term and, when scope_count > 0, at least one scope token; or the phone number. */
struct search_match {
    const struct search_term *terms;
    size_t term_count;
    const struct str *scopes;
    size_t scope_count;
    struct str phone; /* of entities: digits; empty: no phone number */
};

/* Appends `(SELECT …)`: the ids of the rows of `index`, which is not SEARCH_CASES. There is a term or a phone. */
void dialect_search_entities(struct sql *sql, enum db_engine engine, enum search_index index,
                             const struct search_match *match);
/* The same for all rows that have words. */
void dialect_search_entities_all(struct sql *sql, enum db_engine engine, enum search_index index);
/* Appends a condition: the row has the terms; the phone does not count. Common and rare words cost the same. */
void dialect_search_entity_test(struct sql *sql, enum db_engine engine, enum search_index index,
                                const char *column_literal, const struct search_match *match);
/* Appends `(SELECT …)`: the ids of these cases, named case_id; without terms and scopes those of all with words. */
void dialect_search_match(struct sql *sql, enum db_engine engine, const struct search_match *match);
/*
 * Appends a condition: the case has the terms; the scopes do not count. It costs the same for common and rare words.
 * `column_literal` names the id of the case, for example "c.id". The terms are those of dialect_search_terms.
 */
void dialect_search_test(struct sql *sql, enum db_engine engine, const char *column_literal,
                         const struct search_match *match);

/*
 * Whether `a UNION b ORDER BY … LIMIT …` reads each part by an index in that order, and only as far as the limit needs.
 * An engine that reads the parts whole needs an order and a limit in each part.
 */
bool dialect_merges_lazily(enum db_engine engine);
/*
 * Whether `SELECT … FROM (SELECT … ORDER BY … LIMIT …) s CROSS JOIN …` gives its rows in the order of s without saying
 * so again: the engine reads s first and looks up the rest for each row. Saying it again makes it sort.
 */
bool dialect_keeps_order(enum db_engine engine);
