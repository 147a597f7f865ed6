#include "bulk/exchange/stage.h"

#include "base/decimal.h"

#include <inttypes.h>

bool column_is_staged(const struct column *column)
{
    enum cell_kind kind = column_kind(column);
    return kind != CELL_LIST && kind != CELL_LOGIN && kind != CELL_PASSWORD && kind != CELL_MADE;
}

bool column_refers(const struct column *column)
{
    enum cell_kind kind = column_kind(column);
    return kind == CELL_REFERENCE || kind == CELL_PICKLIST;
}

bool column_is_key(const struct column *column)
{
    enum cell_kind kind = column_kind(column);
    return kind == CELL_KEY || kind == CELL_KEY_CHOICE || kind == CELL_ADDRESS;
}

bool column_is_number(const struct column *column)
{
    enum cell_kind kind = column_kind(column);
    return kind == CELL_CODE || kind == CELL_INTEGER || kind == CELL_DECIMAL || kind == CELL_INSTANT;
}

void sql_stored(struct sql *sql, const struct column *column)
{
    if (!column_refers(column)) {
        sql_put(sql, "t.{}", SQL(column_target_literal(column)));
        return;
    }
    bool item = column_kind(column) == CELL_PICKLIST;
    sql_put(sql, "(SELECT r.{} FROM {} r WHERE r.id = t.{})", SQL(item ? "key" : "number"),
            SQL(item ? "picklist_item" : column_refers_literal(column)), SQL(column_target_literal(column)));
}

struct str column_text(struct arena *arena, const struct column *column, const struct db_rows *rows, int at,
                       struct str (*instant_text)(struct arena *arena, int64_t instant_us))
{
    if (db_null(rows, at))
        return STR_NONE;
    switch (column_kind(column)) {
    case CELL_CODE:
        return str_of(code_name(column_codes(column), db_int(rows, at)));
    case CELL_INTEGER:
        return arena_printf(arena, "%" PRId64, db_int(rows, at));
    case CELL_DECIMAL:
        return decimal_format(arena, db_int(rows, at));
    case CELL_INSTANT:
        return instant_text(arena, db_int(rows, at));
    default:
        return db_text_copy(rows, at, arena);
    }
}

/* Texts compare by bytes, as in the tables that they are joined with. */
static const char *text_type_literal(const struct load *load)
{
    return db_conn_engine(load->conn) == DB_SQLITE ? " TEXT" : " TEXT COLLATE \"C\"";
}

static bool create_rows(struct load *load, const struct format *format, struct err *err)
{
    struct sql sql = sql_start(load->arena,
                               "CREATE TEMP TABLE {} (line BIGINT NOT NULL, derived BIGINT, id BIGINT,"
                               " state BIGINT NOT NULL DEFAULT 0, disorder BIGINT NOT NULL DEFAULT 0",
                               SQL(format->stage_literal));
    for (size_t i = 0; i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        if (!column_is_staged(column))
            continue;
        sql_put(&sql, ", v_{}{}", SQL(column_name_literal(column)),
                SQL(column_is_number(column) ? " BIGINT" : text_type_literal(load)));
        if (column_refers(column))
            sql_put(&sql, ", r_{} BIGINT", SQL(column_name_literal(column)));
    }
    sql_put(&sql, ")");
    return db_exec_sql(load->conn, &sql, err);
}

static bool create_links(struct load *load, const struct format *format, struct err *err)
{
    for (size_t i = 0; i < format->link_count; i++) {
        struct sql sql =
            sql_start(load->arena, "CREATE TEMP TABLE {} (line BIGINT NOT NULL, number{}, owner BIGINT, other BIGINT)",
                      SQL(format->links[i].stage_literal), SQL(text_type_literal(load)));
        if (!db_exec_sql(load->conn, &sql, err))
            return false;
    }
    return true;
}

/*
 * One table for all secrets, because names are unique across the three kinds of login. `mail` 1: the login gets a link
 * for setting a password.
 */
static bool create_logins(struct load *load, struct err *err)
{
    struct sql sql =
        sql_start(load->arena,
                  "CREATE TEMP TABLE stage_login (source BIGINT NOT NULL, line BIGINT NOT NULL, kind{} NOT NULL,"
                  " name{}, secret BIGINT NOT NULL, mail BIGINT NOT NULL, hash TEXT, owner BIGINT, login_id BIGINT)",
                  SQL(text_type_literal(load)), SQL(text_type_literal(load)));
    return db_exec_sql(load->conn, &sql, err);
}

static bool create_extras(struct load *load, struct err *err)
{
    struct sql sql = sql_start(
        load->arena, "CREATE TEMP TABLE stage_extra (line BIGINT NOT NULL, owner BIGINT, key{} NOT NULL, value{})",
        SQL(text_type_literal(load)), SQL(text_type_literal(load)));
    return db_exec_sql(load->conn, &sql, err);
}

static bool create_contents(struct load *load, struct err *err)
{
    struct sql sql =
        sql_start(load->arena,
                  "CREATE TEMP TABLE stage_content (line BIGINT NOT NULL PRIMARY KEY, digest{}, media_type{}, size"
                  " BIGINT, name{}, key{})",
                  SQL(text_type_literal(load)), SQL(text_type_literal(load)), SQL(text_type_literal(load)),
                  SQL(text_type_literal(load)));
    return db_exec_sql(load->conn, &sql, err);
}

/* What texts in a column mean (meaning.c). */
static bool create_meanings(struct load *load, struct err *err)
{
    struct sql sql = sql_start(load->arena, "CREATE TEMP TABLE stage_meaning (text{} NOT NULL PRIMARY KEY, meaning{})",
                               SQL(text_type_literal(load)), SQL(text_type_literal(load)));
    return db_exec_sql(load->conn, &sql, err);
}

/* The names beside numbers of customers and objects that may be made (made.c). */
static bool create_made(struct load *load, struct err *err)
{
    struct sql sql = sql_start(load->arena,
                               "CREATE TEMP TABLE stage_made (source BIGINT NOT NULL, line BIGINT NOT NULL,"
                               " field{} NOT NULL, name{}, PRIMARY KEY (source, field, line))",
                               SQL(text_type_literal(load)), SQL(text_type_literal(load)));
    return db_exec_sql(load->conn, &sql, err);
}

static const char *const shared_literals[] = {
    "CREATE INDEX stage_login_name ON stage_login (name)",
    "CREATE INDEX stage_login_line ON stage_login (kind, line)",
    "CREATE TEMP TABLE stage_extra_key AS SELECT key FROM stage_extra WHERE 1 = 0",
    /*
     * stage_worked: cases whose article rows change; stage_touched: cases whose state is derived again, with the line
     * of the work order that leaves them; stage_reach: cases whose visibility and search words are; stage_backwards:
     * cases that were finished before their start already
     */
    "CREATE TEMP TABLE stage_worked (case_id BIGINT NOT NULL PRIMARY KEY)",
    "CREATE TEMP TABLE stage_touched (case_id BIGINT NOT NULL PRIMARY KEY, line BIGINT)",
    "CREATE TEMP TABLE stage_reach (case_id BIGINT NOT NULL PRIMARY KEY)",
    "CREATE TEMP TABLE stage_backwards (case_id BIGINT NOT NULL PRIMARY KEY)",
    "CREATE TEMP TABLE stage_specification (id BIGINT NOT NULL PRIMARY KEY)",
};

bool stage_create(struct load *load, struct err *err)
{
    if (!create_logins(load, err) || !create_extras(load, err) || !create_contents(load, err) ||
        !create_meanings(load, err) || !create_made(load, err) ||
        !db_exec_each(load->conn, DB_STATEMENTS(shared_literals), DB_NO_ARGS, err))
        return false;
    for (size_t i = 0; i < load->input_count; i++) {
        const struct format *format = load->inputs[i].format;
        if (!create_rows(load, format, err) || !create_links(load, format, err))
            return false;
    }
    return true;
}

static bool stage_empty(struct load *load, const char *stage_literal, struct err *err)
{
    struct sql sql = sql_start(load->arena, "DELETE FROM {} WHERE 1 = 1", SQL(stage_literal));
    return db_exec_sql(load->conn, &sql, err);
}

bool stage_clear(struct load *load, struct err *err)
{
    for (size_t i = 0; i < load->input_count; i++) {
        const struct format *format = load->inputs[i].format;
        if (!stage_empty(load, format->stage_literal, err))
            return false;
        for (size_t k = 0; k < format->link_count; k++) {
            if (!stage_empty(load, format->links[k].stage_literal, err))
                return false;
        }
    }
    return stage_empty(load, "stage_login", err) && stage_empty(load, "stage_extra", err) &&
           stage_empty(load, "stage_extra_key", err) && stage_empty(load, "stage_content", err) &&
           stage_empty(load, "stage_made", err);
}

void sql_key_columns(struct sql *sql, const struct format *format, const char *alias_literal)
{
    bool more = false;
    for (size_t i = 0; i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        if (!column_is_key(column))
            continue;
        sql_put(sql, "{}{}v_{}", SQL(more ? ", " : ""), SQL(alias_literal), SQL(column_name_literal(column)));
        more = true;
    }
}

static bool index_add(struct load *load, const char *stage_literal, const char *suffix_literal,
                      const char *columns_literal, const struct format *keys, struct err *err)
{
    struct sql sql = sql_start(load->arena, "CREATE INDEX {}{} ON {} (", SQL(stage_literal), SQL(suffix_literal),
                               SQL(stage_literal));
    if (keys)
        sql_key_columns(&sql, keys, "");
    else
        sql_put(&sql, columns_literal);
    sql_put(&sql, ")");
    return db_exec_sql(load->conn, &sql, err);
}

/* Without statistics PostgreSQL would join a million rows in nested loops. */
bool stage_analyze(struct load *load, const char *stage_literal, struct err *err)
{
    if (db_conn_engine(load->conn) == DB_SQLITE)
        return true;
    struct sql sql = sql_start(load->arena, "ANALYZE {}", SQL(stage_literal));
    return db_exec_sql(load->conn, &sql, err);
}

bool stage_index(struct load *load, struct err *err)
{
    for (size_t i = 0; i < load->input_count; i++) {
        const struct format *format = load->inputs[i].format;
        bool by_line = format->link_count > 0 || format->extra || format->login_kind;
        if (!index_add(load, format->stage_literal, "_key", "", format, err) ||
            (by_line && !index_add(load, format->stage_literal, "_line", "line", NULL, err)) ||
            !stage_analyze(load, format->stage_literal, err))
            return false;
        for (size_t k = 0; k < format->link_count; k++) {
            if (!stage_analyze(load, format->links[k].stage_literal, err))
                return false;
        }
    }
    return stage_analyze(load, "stage_login", err) && stage_analyze(load, "stage_extra", err) &&
           stage_analyze(load, "stage_content", err);
}
