#include "db/dialect.h"

#include "base/clock.h"

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

static bool put_postgres(struct db_conn *conn, int64_t case_id, struct str words, struct err *err)
{
    if (words.n == 0)
        return db_exec(conn, "DELETE FROM case_search WHERE case_id = $1", DB_ARGS(DB_INT(case_id)), err);
    return db_exec(conn, upsert_literal, DB_ARGS(DB_INT(case_id), DB_TEXT(words)), err);
}

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

bool dialect_search_put(struct db_conn *conn, int64_t case_id, struct str words, struct err *err)
{
    if (!words_valid(words, err))
        return false;
    if (db_conn_engine(conn) == DB_SQLITE)
        return put_sqlite(conn, case_id, words, err);
    return put_postgres(conn, case_id, words, err);
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

bool dialect_search_put_all(struct db_conn *conn, struct arena *arena, const struct case_words *cases, size_t count,
                            struct err *err)
{
    bool sqlite = db_conn_engine(conn) == DB_SQLITE;
    bool ok = sqlite || upsert_all(conn, arena, cases, count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = (!sqlite && cases[i].words.n > 0) || dialect_search_put(conn, cases[i].case_id, cases[i].words, err);
    return ok;
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

static struct str question(struct arena *arena, const struct grammar *grammar, const struct search_term *terms,
                           size_t term_count, const struct str *scope_tokens, size_t scope_count)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < term_count; i++) {
        buf_z(&out, i ? grammar->all : "");
        add_token(&out, grammar, terms[i].token);
        buf_z(&out, terms[i].prefix ? grammar->prefix : "");
    }
    if (scope_count > 0)
        buf_z(&out, term_count ? grammar->all : "");
    for (size_t i = 0; i < scope_count; i++) {
        buf_z(&out, i ? grammar->any : "(");
        add_token(&out, grammar, scope_tokens[i]);
    }
    if (scope_count > 0)
        buf_char(&out, ')');
    return buf_text(&out);
}

void dialect_search_match(struct sql *sql, enum db_engine engine, const char *column_literal,
                          const struct search_term *terms, size_t term_count, const struct str *scope_tokens,
                          size_t scope_count)
{
    sql_put(sql, column_literal);
    if (term_count == 0 && scope_count == 0) {
        sql_put(sql,
                engine == DB_SQLITE ? " IN (SELECT case_id FROM case_words)" : " IN (SELECT case_id FROM case_search)");
        return;
    }
    struct str text = question(sql->text.arena, &grammars[engine], terms, term_count, scope_tokens, scope_count);
    if (engine == DB_SQLITE) {
        sql_put(sql, " IN (SELECT rowid FROM case_search WHERE case_search MATCH ?)", DB_TEXT(text));
    } else {
        sql_put(sql, " IN (SELECT case_id FROM case_search WHERE words @@ ?::tsquery)", DB_TEXT(text));
    }
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
