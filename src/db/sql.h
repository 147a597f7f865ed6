/*
 * Building SQL from literals and bound values. Text added here is always a literal of the program; everything that comes
 * from outside goes through sql_int/sql_text, which append the next placeholder `$n` and keep the value.
 */
#ifndef KP_DB_SQL_H
#define KP_DB_SQL_H

#include "base/buf.h"

struct db_value {
    enum { DB_VALUE_NULL, DB_VALUE_INT, DB_VALUE_TEXT } type;
    int64_t i;
    struct str s;
};

#define DB_NULL ((struct db_value){.type = DB_VALUE_NULL})
#define DB_INT(v) ((struct db_value){.type = DB_VALUE_INT, .i = (int64_t)(v)})
#define DB_TEXT(v) ((struct db_value){.type = DB_VALUE_TEXT, .s = (v)})
/* Empty text, or id 0, stands for "none" in the program and NULL in the database. */
#define DB_TEXT_OR_NULL(v) db_text_or_null(v)
#define DB_ID_OR_NULL(v) db_id_or_null(v)
struct db_value db_text_or_null(struct str s);
struct db_value db_id_or_null(int64_t id);

struct sql {
    struct buf text;
    struct db_value *values;
    size_t count, cap;
};

void sql_init(struct sql *sql, struct arena *arena);
void sql_add(struct sql *sql, const char *literal);
void sql_int(struct sql *sql, int64_t value);     /* appends `$n` */
void sql_text(struct sql *sql, struct str value); /* appends `$n` */
void sql_value(struct sql *sql, struct db_value value);
/*
 * The next word of what people typed to search with, at most SQL_WORDS of them: a condition for each of hundreds would be more than an
 * engine takes. *count begins at 0.
 */
#define SQL_WORDS 12
bool sql_word(struct str *typed, size_t *count, struct str *word);
/* `$n`, a pattern of LIKE … ESCAPE '\\' for what has `word` somewhere, whatever signs are in it. */
void sql_containing(struct sql *sql, struct str word);

#endif
