/*
 * SQL that is assembled at run time. The text always consists of literals of the program (tools/check_sql.py reads
 * every call); everything from outside is a bound value:
 *
 *     struct sql sql = sql_start(arena, "SELECT s.id FROM {} s WHERE s.kind = ?", SQL(table_literal), DB_INT(kind));
 *     if (from)
 *         sql_put(&sql, " AND s.created >= ?", DB_INT(from));
 */
#pragma once

#include "base/buf.h"

/*
 * A bound value: NULL, a number or a text. Only sql_start and sql_put take the last two types; statements refuse them.
 */
struct db_value {
    enum { DB_VALUE_NULL, DB_VALUE_INT, DB_VALUE_TEXT, DB_VALUE_SQL, DB_VALUE_CONTAINING } type;
    int64_t i;
    struct str s;
};

#define DB_NULL ((struct db_value){.type = DB_VALUE_NULL})
#define DB_INT(v) ((struct db_value){.type = DB_VALUE_INT, .i = (int64_t)(v)})
#define DB_TEXT(v) ((struct db_value){.type = DB_VALUE_TEXT, .s = (v)})
/* An empty text or the id 0 means "none" in the program and becomes NULL in the database. */
#define DB_TEXT_OR_NULL(v) db_text_or_null(v)
#define DB_ID_OR_NULL(v) db_id_or_null(v)
struct db_value db_text_or_null(struct str s);
struct db_value db_id_or_null(int64_t id);

/*
 * SQL text of the program that replaces a `{}`: a name from a table, or one of two alternatives. It may be NULL, which
 * adds nothing.
 */
#define SQL(literal) ((struct db_value){.type = DB_VALUE_SQL, .s = {(literal), 0}})
/* A pattern that finds every text that contains `word`, whatever characters it has: for `LIKE ? ESCAPE '\'`. */
#define SQL_CONTAINING(word) ((struct db_value){.type = DB_VALUE_CONTAINING, .s = (word)})

struct sql {
    struct buf text;
    struct db_value *values;
    size_t count, cap;
};

/*
 * sql_start(arena, text, …) begins a statement; sql_put(&sql, text, …) appends to it. Each `?` outside quotes takes the
 * next value and becomes the next placeholder `$n`; each `{}` takes the next SQL(…) and becomes its text. The process
 * ends when values and marks do not match (check_sql.py finds such calls earlier). Texts are borrowed until the
 * statement has run.
 */
#define sql_start(arena, ...) sql_start_parts(arena, SQL_PARTS(__VA_ARGS__, ))
#define sql_put(sql, ...) sql_put_parts(sql, SQL_PARTS(__VA_ARGS__, ))
#define SQL_PARTS(literal, ...)                                                                                        \
    (const struct db_value[]){SQL(literal), __VA_ARGS__},                                                              \
        sizeof((const struct db_value[]){SQL(literal), __VA_ARGS__}) / sizeof(struct db_value)
struct sql sql_start_parts(struct arena *arena, const struct db_value *parts, size_t count);
void sql_put_parts(struct sql *sql, const struct db_value *parts, size_t count);

/*
 * Cuts the next word off a search text that a user typed. Returns at most SQL_WORDS words, because an engine does not
 * take a condition for each of hundreds. *count must start at 0.
 */
#define SQL_WORDS 12
bool sql_word(struct str *typed, size_t *count, struct str *word);
