#include "db/sql.h"

#include <string.h>

struct db_value db_text_or_null(struct str s)
{
    return s.n ? DB_TEXT(s) : DB_NULL;
}

struct db_value db_id_or_null(int64_t id)
{
    return id ? DB_INT(id) : DB_NULL;
}

void sql_init(struct sql *sql, struct arena *arena)
{
    *sql = (struct sql){0};
    buf_init(&sql->text, arena);
}

void sql_add(struct sql *sql, const char *literal)
{
    buf_z(&sql->text, literal);
}

void sql_value(struct sql *sql, struct db_value value)
{
    if (sql->count == sql->cap) {
        size_t cap = sql->cap ? sql->cap * 2 : 16;
        struct db_value *values = ARENA_ARRAY(sql->text.arena, struct db_value, cap);
        if (sql->count)
            memcpy(values, sql->values, sql->count * sizeof *values);
        sql->values = values;
        sql->cap = cap;
    }
    sql->values[sql->count++] = value;
    buf_char(&sql->text, '$');
    buf_int(&sql->text, (int64_t)sql->count);
}

void sql_int(struct sql *sql, int64_t value)
{
    sql_value(sql, DB_INT(value));
}

void sql_text(struct sql *sql, struct str value)
{
    sql_value(sql, DB_TEXT(value));
}

bool sql_word(struct str *typed, size_t *count, struct str *word)
{
    while (*count < SQL_WORDS && str_cut(typed, ' ', word)) {
        if (!word->n)
            continue;
        ++*count;
        return true;
    }
    return false;
}

void sql_containing(struct sql *sql, struct str word)
{
    struct buf pattern;
    buf_init(&pattern, sql->text.arena);
    buf_char(&pattern, '%');
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '%' || word.p[i] == '_' || word.p[i] == '\\')
            buf_char(&pattern, '\\');
        buf_char(&pattern, word.p[i]);
    }
    buf_char(&pattern, '%');
    sql_text(sql, buf_text(&pattern));
}
