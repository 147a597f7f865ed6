#include "db/sql.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

struct db_value db_text_or_null(struct str s)
{
    return s.n ? DB_TEXT(s) : DB_NULL;
}

struct db_value db_id_or_null(int64_t id)
{
    return id ? DB_INT(id) : DB_NULL;
}

static struct str sql_pattern(struct arena *arena, struct str word)
{
    struct buf pattern;
    buf_init(&pattern, arena);
    buf_char(&pattern, '%');
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '%' || word.p[i] == '_' || word.p[i] == '\\')
            buf_char(&pattern, '\\');
        buf_char(&pattern, word.p[i]);
    }
    buf_char(&pattern, '%');
    return buf_text(&pattern);
}

static void sql_bind(struct sql *sql, struct db_value value)
{
    if (value.type == DB_VALUE_CONTAINING)
        value = DB_TEXT(sql_pattern(sql->text.arena, value.s));
    sql->values = arena_grow(sql->text.arena, sql->values, sql->count, &sql->cap, sizeof *sql->values);
    sql->values[sql->count++] = value;
    buf_char(&sql->text, '$');
    buf_int(&sql->text, (int64_t)sql->count);
}

static _Noreturn void sql_die(const char *text)
{
    log_event(LOG_ERROR, "sql_values_do_not_match", LOG_Z("text", text));
    abort();
}

void sql_put_parts(struct sql *sql, const struct db_value *parts, size_t count)
{
    const char *text = parts[0].s.p, *at = text ? text : "";
    size_t used = 1;
    for (size_t plain; plain = strcspn(at, "'\"?{"), at[plain]; at++) {
        bool more = used < count, text_wanted = more && parts[used].type == DB_VALUE_SQL;
        buf_add(&sql->text, at, plain);
        at += plain;
        if (*at == '?' && more && !text_wanted) {
            sql_bind(sql, parts[used++]);
        } else if (*at == '{' && at[1] == '}' && text_wanted) {
            buf_z(&sql->text, parts[used++].s.p);
            at++;
        } else {
            const char *end = *at == '\'' || *at == '"' ? strchr(at + 1, *at) : NULL;
            if (!end)
                sql_die(text);
            buf_add(&sql->text, at, (size_t)(end + 1 - at));
            at = end;
        }
    }
    buf_z(&sql->text, at);
    if (used != count)
        sql_die(text);
}

struct sql sql_start_parts(struct arena *arena, const struct db_value *parts, size_t count)
{
    struct sql sql = {0};
    buf_init(&sql.text, arena);
    sql_put_parts(&sql, parts, count);
    return sql;
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
