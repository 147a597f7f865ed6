#include "db/dialect.h"

#include "base/clock.h"
#include "db/dialect_parts.h"

#define WORDS_MAX ((size_t)512 * 1024)

static bool words_valid(struct str words, struct err *err)
{
    if (words.n > WORDS_MAX)
        return err_set(err, ERR_TOO_LARGE, NULL, "%zu bytes of search words", words.n);
    size_t length = 0;
    for (size_t i = 0; i < words.n; i++) {
        unsigned char c = (unsigned char)words.p[i];
        length = c == ' ' ? 0 : length + 1;
        if (c < ' ' || c == 0x7f || (c >= 'A' && c <= 'Z') || length > SEARCH_TOKEN_MAX)
            return err_set(err, ERR_INVALID, NULL, "a search word is not folded or too long");
    }
    return true;
}

/* The tables of an index: SQLite keeps the words beside FTS5, which needs the old words to remove them. */
struct search_table {
    const char *upsert_literal, *delete_literal;                                              /* PostgreSQL */
    const char *same_literal, *unindex_literal, *drop_literal, *keep_literal, *index_literal; /* SQLite */
};
#define SEARCH_TABLE(search, kept, id)                                                                                 \
    {                                                                                                                  \
        "INSERT INTO " search " (" id ", words)"                                                                       \
        " VALUES ($1, array_to_tsvector(array_remove(string_to_array($2, ' '), '')))"                                  \
        " ON CONFLICT (" id ") DO UPDATE SET words = excluded.words WHERE " search ".words <> excluded.words",         \
            "DELETE FROM " search " WHERE " id " = $1", "SELECT words = $2 FROM " kept " WHERE " id " = $1",           \
            "INSERT INTO " search " (" search ", rowid, words) SELECT 'delete', " id ", words FROM " kept " WHERE " id \
            " = $1",                                                                                                   \
            "DELETE FROM " kept " WHERE " id " = $1", "INSERT INTO " kept " (" id ", words) VALUES ($1, $2)",          \
            "INSERT INTO " search " (rowid, words) VALUES ($1, $2)"                                                    \
    }
static const struct search_table CASE_TABLE = SEARCH_TABLE("case_search", "case_words", "case_id");
static const struct search_table ENTITY_TABLE = SEARCH_TABLE("entity_search", "entity_words", "row_id");

/* The things that share a table stand in it one kind after the other. */
#define ENTITY_IDS (INT64_C(1) << 48)

static bool put_sqlite(struct db_conn *conn, const struct search_table *table, int64_t id, struct str words,
                       struct err *err)
{
    bool known;
    int64_t same;
    if (!db_query_int(conn, table->same_literal, DB_ARGS(DB_INT(id), DB_TEXT(words)), &known, &same, err))
        return false;
    if (known && same)
        return true;
    if (known && (!db_exec(conn, table->unindex_literal, DB_ARGS(DB_INT(id)), err) ||
                  !db_exec(conn, table->drop_literal, DB_ARGS(DB_INT(id)), err)))
        return false;
    return words.n == 0 || (db_exec(conn, table->keep_literal, DB_ARGS(DB_INT(id), DB_TEXT(words)), err) &&
                            db_exec(conn, table->index_literal, DB_ARGS(DB_INT(id), DB_TEXT(words)), err));
}

static bool upsert_all(struct db_conn *conn, struct arena *arena, const struct search_table *table,
                       const struct search_row *rows, size_t count, struct err *err)
{
    struct db_batch *batch = db_batch_begin(conn, arena, table->upsert_literal, err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = words_valid(rows[i].words, err) &&
             (rows[i].words.n == 0 || db_batch_add(batch, DB_ARGS(DB_INT(rows[i].id), DB_TEXT(rows[i].words)), err));
    struct err late;
    return batch && db_batch_end(batch, ok ? err : &late) && ok;
}

static bool put_rows(struct db_conn *conn, struct arena *arena, const struct search_table *table,
                     const struct search_row *rows, size_t count, struct err *err)
{
    bool sqlite = db_conn_engine(conn) == DB_SQLITE;
    bool ok = sqlite || upsert_all(conn, arena, table, rows, count, err);
    for (size_t i = 0; ok && i < count; i++) {
        if (sqlite)
            ok = words_valid(rows[i].words, err) && put_sqlite(conn, table, rows[i].id, rows[i].words, err);
        else if (!rows[i].words.n)
            ok = db_exec(conn, table->delete_literal, DB_ARGS(DB_INT(rows[i].id)), err);
    }
    return ok;
}

bool dialect_search_put(struct db_conn *conn, struct arena *arena, enum search_index index,
                        const struct search_row *rows, size_t count, struct search_seen *seen, struct err *err)
{
    if (index == SEARCH_CASES)
        return put_rows(conn, arena, &CASE_TABLE, rows, count, err) && parts_put(conn, arena, rows, count, seen, err);
    struct search_row *put = ARENA_ARRAY(arena, struct search_row, count);
    for (size_t i = 0; i < count; i++)
        put[i] = (struct search_row){(int64_t)index * ENTITY_IDS + rows[i].id, parts_among(arena, rows[i].words)};
    return put_rows(conn, arena, &ENTITY_TABLE, put, count, err);
}

/* The syntax of full-text queries: quotes around a token, a mark after it for prefixes, AND and OR. */
struct grammar {
    char quote;
    const char *escaped; /* characters that are doubled inside quotes */
    const char *prefix, *all, *any;
};

static const struct grammar grammars[] = {
    [DB_SQLITE] = {'"', "\"", "*", " AND ", " OR "},
    [DB_POSTGRES] = {'\'', "'\\", ":*", " & ", " | "},
};

static void add_token(struct buf *out, const struct grammar *grammar, struct str token)
{
    buf_char(out, grammar->quote);
    for (size_t i = 0; i < token.n; i++) {
        if (str_find_char(str_of(grammar->escaped), token.p[i]) >= 0)
            buf_char(out, token.p[i]);
        buf_char(out, token.p[i]);
    }
    buf_char(out, grammar->quote);
}

/* Alternatives are grouped, because the engines take neither very long nor very deep chains. */
#define GROUP 64

static void add_term(struct buf *out, const struct grammar *grammar, const struct search_term *term)
{
    buf_z(out, "(");
    add_token(out, grammar, term->token);
    buf_z(out, term->prefix ? grammar->prefix : "");
    for (size_t i = 0; i < term->inside_count; i++) {
        buf_z(out, grammar->any);
        buf_z(out, i % GROUP ? "" : "(");
        add_token(out, grammar, term->inside[i]);
        buf_z(out, term->inside_prefix ? grammar->prefix : "");
        buf_z(out, i % GROUP == GROUP - 1 || i + 1 == term->inside_count ? ")" : "");
    }
    buf_char(out, ')');
}

static struct str question(struct arena *arena, const struct grammar *grammar, const struct search_match *match)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < match->term_count; i++) {
        buf_z(&out, i ? grammar->all : "");
        add_term(&out, grammar, &match->terms[i]);
    }
    if (match->scope_count > 0)
        buf_z(&out, match->term_count ? grammar->all : "");
    for (size_t i = 0; i < match->scope_count; i++) {
        buf_z(&out, i ? grammar->any : "(");
        add_token(&out, grammar, match->scopes[i]);
    }
    if (match->scope_count > 0)
        buf_char(&out, ')');
    if (match->phone.n) {
        buf_z(&out, match->term_count ? grammar->any : "");
        add_token(&out, grammar, arena_printf(arena, SEARCH_PHONE_MARK "%.*s", STR_FMT(match->phone)));
        buf_z(&out, grammar->prefix);
    }
    return buf_text(&out);
}

void dialect_search_entities(struct sql *sql, enum db_engine engine, enum search_index index,
                             const struct search_match *match)
{
    const int64_t first = (int64_t)index * ENTITY_IDS;
    struct str text = question(sql->text.arena, &grammars[engine], match);
    if (engine == DB_SQLITE)
        sql_put(sql, "(SELECT rowid - ? FROM entity_search WHERE entity_search MATCH ? AND rowid > ? AND rowid < ?)",
                DB_INT(first), DB_TEXT(text), DB_INT(first), DB_INT(first + ENTITY_IDS));
    else
        sql_put(sql, "(SELECT row_id - ? FROM entity_search WHERE words @@ ?::tsquery AND row_id > ? AND row_id < ?)",
                DB_INT(first), DB_TEXT(text), DB_INT(first), DB_INT(first + ENTITY_IDS));
}

void dialect_search_entities_all(struct sql *sql, enum db_engine engine, enum search_index index)
{
    const int64_t first = (int64_t)index * ENTITY_IDS;
    sql_put(sql, "(SELECT row_id - ? FROM {} WHERE row_id > ? AND row_id < ?)", DB_INT(first),
            SQL(engine == DB_SQLITE ? "entity_words" : "entity_search"), DB_INT(first), DB_INT(first + ENTITY_IDS));
}

void dialect_search_match(struct sql *sql, enum db_engine engine, const struct search_match *match)
{
    if (match->term_count == 0 && match->scope_count == 0) {
        sql_put(sql, engine == DB_SQLITE ? "(SELECT case_id FROM case_words)" : "(SELECT case_id FROM case_search)");
        return;
    }
    struct str text = question(sql->text.arena, &grammars[engine], match);
    if (engine == DB_SQLITE) {
        sql_put(sql, "(SELECT rowid AS case_id FROM case_search WHERE case_search MATCH ?)", DB_TEXT(text));
    } else {
        sql_put(sql, "(SELECT case_id FROM case_search WHERE words @@ ?::tsquery)", DB_TEXT(text));
    }
}

/* Scopes are written with these letters, so such a term must not be looked for in them. */
static bool is_hexadecimal(struct str token)
{
    for (size_t i = 0; i < token.n; i++) {
        if (!strchr("0123456789abcdef", token.p[i]))
            return false;
    }
    return true;
}

/* The words of a case stand before its scopes, each followed by a blank. */
static void test_sqlite(struct sql *sql, const struct search_term *term)
{
    if (!parts_found_inside(term->token))
        sql_put(sql, "instr(' ' || w.words, ?) > 0",
                DB_TEXT(arena_printf(sql->text.arena, " %.*s", STR_FMT(term->token))));
    else if (is_hexadecimal(term->token))
        sql_put(sql, "instr(substr(w.words, 1, instr(w.words || ?, ?)), ?) > 0", DB_TEXT(STR(SEARCH_SCOPE_MARK)),
                DB_TEXT(STR(SEARCH_SCOPE_MARK)), DB_TEXT(term->token));
    else
        sql_put(sql, "instr(w.words, ?) > 0", DB_TEXT(term->token));
}

void dialect_search_test(struct sql *sql, enum db_engine engine, const char *column_literal,
                         const struct search_match *match)
{
    struct search_match terms = {.terms = match->terms, .term_count = match->term_count};
    if (engine == DB_POSTGRES) {
        sql_put(sql, "(SELECT w.words @@ ?::tsquery FROM case_search w WHERE w.case_id = {})",
                DB_TEXT(question(sql->text.arena, &grammars[engine], &terms)), SQL(column_literal));
        return;
    }
    sql_put(sql, "(SELECT ");
    for (size_t i = 0; i < match->term_count; i++) {
        sql_put(sql, "{}", SQL(i ? " AND " : NULL));
        test_sqlite(sql, &match->terms[i]);
    }
    sql_put(sql, " FROM case_words w WHERE w.case_id = {})", SQL(column_literal));
}

void dialect_search_entity_test(struct sql *sql, enum db_engine engine, enum search_index index,
                                const char *column_literal, const struct search_match *match)
{
    const struct search_match terms = {.terms = match->terms, .term_count = match->term_count};
    bool sqlite = engine == DB_SQLITE;
    sql_put(sql, "(SELECT ");
    if (!sqlite)
        sql_put(sql, "w.words @@ ?::tsquery", DB_TEXT(question(sql->text.arena, &grammars[engine], &terms)));
    for (size_t i = 0; sqlite && i < match->term_count; i++) {
        sql_put(sql, "{}", SQL(i ? " AND " : NULL));
        test_sqlite(sql, &match->terms[i]);
    }
    sql_put(sql, " FROM {} w WHERE w.row_id = {} + ?)", SQL(sqlite ? "entity_words" : "entity_search"),
            SQL(column_literal), DB_INT((int64_t)index * ENTITY_IDS));
}

bool dialect_merges_lazily(enum db_engine engine)
{
    return engine == DB_SQLITE;
}

bool dialect_keeps_order(enum db_engine engine)
{
    return engine == DB_SQLITE;
}

/* On SQLite this is the clock of the machine, because SQLite has no clock of its own. */
bool db_now(struct db_conn *conn, int64_t *now_us, struct err *err)
{
    if (db_conn_engine(conn) == DB_SQLITE) {
        *now_us = clock_now_us();
        return true;
    }
    return db_query_int(conn, "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)", DB_NO_ARGS,
                        NULL, now_us, err);
}
