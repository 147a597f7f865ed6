#include "db/row_set.h"

struct row_set row_set(const char *rows_literal)
{
    return (struct row_set){.rows_literal = rows_literal};
}

struct row_set row_set_of(const char *rows_literal, int64_t value)
{
    return (struct row_set){.rows_literal = rows_literal, .values = {value}, .count = 1};
}

struct row_set row_set_of_two(const char *rows_literal, int64_t first, int64_t second)
{
    return (struct row_set){.rows_literal = rows_literal, .values = {first, second}, .count = 2};
}

bool db_exec_rows(struct db_conn *conn, const char *before_literal, struct row_set rows, const char *after_literal,
                  struct err *err)
{
    struct arena *arena = arena_create();
    struct buf text;
    buf_init(&text, arena);
    buf_printf(&text, "%s%s%s", before_literal, rows.rows_literal, after_literal);
    struct db_value values[] = {DB_INT(rows.values[0]), DB_INT(rows.values[1])};
    struct sql sql = {.text = text, .values = values, .count = rows.count, .cap = 2};
    bool ok = db_exec_sql(conn, &sql, err);
    arena_destroy(arena);
    return ok;
}

bool db_read_ids(struct db_conn *conn, struct arena *arena, struct row_set rows, int64_t **ids, size_t *count,
                 struct err *err)
{
    struct db_value values[] = {DB_INT(rows.values[0]), DB_INT(rows.values[1])};
    struct sql sql = {.values = values, .count = rows.count, .cap = 2};
    size_t cap = 0;
    buf_init(&sql.text, arena);
    buf_printf(&sql.text, "%s ORDER BY 1", rows.rows_literal);
    *ids = NULL;
    *count = 0;
    struct db_rows *found = db_query_sql(conn, arena, &sql, err);
    while (db_next(found)) {
        *ids = arena_grow(arena, *ids, *count, &cap, sizeof **ids);
        (*ids)[(*count)++] = db_int(found, 0);
    }
    return db_done(found, err);
}
