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

static const char upsert_literal[] =
    "INSERT INTO case_search (case_id, words)"
    " VALUES ($1, array_to_tsvector(array_remove(string_to_array($2, ' '), '')))"
    " ON CONFLICT (case_id) DO UPDATE SET words = excluded.words WHERE case_search.words <> excluded.words";

/* FTS5 with external content needs the old words to remove them from the index. */
static bool remove_old_sqlite(struct db_conn *conn, int64_t case_id, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO case_search (case_search, rowid, words)"
                   " SELECT 'delete', case_id, words FROM case_words WHERE case_id = $1",
                   DB_ARGS(DB_INT(case_id)), err) &&
           db_exec(conn, "DELETE FROM case_words WHERE case_id = $1", DB_ARGS(DB_INT(case_id)), err);
}

static bool put_sqlite(struct db_conn *conn, int64_t case_id, struct str words, struct err *err)
{
    bool known;
    int64_t same;
    if (!db_query_int(conn, "SELECT words = $2 FROM case_words WHERE case_id = $1",
                      DB_ARGS(DB_INT(case_id), DB_TEXT(words)), &known, &same, err))
        return false;
    if (known && same)
        return true;
    if (known && !remove_old_sqlite(conn, case_id, err))
        return false;
    if (words.n == 0)
        return true;
    return db_exec(conn, "INSERT INTO case_words (case_id, words) VALUES ($1, $2)",
                   DB_ARGS(DB_INT(case_id), DB_TEXT(words)), err) &&
           db_exec(conn, "INSERT INTO case_search (rowid, words) VALUES ($1, $2)",
                   DB_ARGS(DB_INT(case_id), DB_TEXT(words)), err);
}

static bool upsert_all(struct db_conn *conn, struct arena *arena, const struct case_words *cases, size_t count,
                       struct err *err)
{
    struct db_batch *batch = db_batch_begin(conn, arena, upsert_literal, err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = words_valid(cases[i].words, err) &&
             (cases[i].words.n == 0 ||
              db_batch_add(batch, DB_ARGS(DB_INT(cases[i].case_id), DB_TEXT(cases[i].words)), err));
    struct err late;
    return batch && db_batch_end(batch, ok ? err : &late) && ok;
}

bool dialect_search_put(struct db_conn *conn, struct arena *arena, const struct case_words *cases, size_t count,
                        struct search_seen *seen, struct err *err)
{
    bool sqlite = db_conn_engine(conn) == DB_SQLITE;
    bool ok = sqlite || upsert_all(conn, arena, cases, count, err);
    for (size_t i = 0; ok && i < count; i++) {
        if (sqlite)
            ok = words_valid(cases[i].words, err) && put_sqlite(conn, cases[i].case_id, cases[i].words, err);
        else if (!cases[i].words.n)
            ok = db_exec(conn, "DELETE FROM case_search WHERE case_id = $1", DB_ARGS(DB_INT(cases[i].case_id)), err);
    }
    return ok && parts_put(conn, arena, cases, count, seen, err);
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
    return buf_text(&out);
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
    struct search_match terms = {match->terms, match->term_count, NULL, 0};
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

bool dialect_merges_lazily(enum db_engine engine)
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
