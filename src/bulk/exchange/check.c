#include "bulk/exchange/stage.h"

#include <inttypes.h>

bool note_found(struct load *load, const struct input *input, const struct sql *sql, const char *column,
                const char *problem, struct err *err)
{
    struct db_rows *rows = db_query_sql(load->conn, load->arena, sql, err);
    struct str value;
    for (int64_t line; db_read_next(rows, TO(&line), TO_LENT(&value));)
        LOAD_PROBLEM(load, input, line, column, value, "%s", problem);
    return db_done(rows, err);
}

static void add_key_match(struct sql *sql, const struct format *format)
{
    bool more = false;
    for (size_t i = 0; i < format->column_count; i++) {
        if (!column_is_key(&format->columns[i]))
            continue;
        sql_put(sql, "{}{} = d.v_{}", SQL(more ? " AND s.v_" : "s.v_"), SQL(column_name_literal(&format->columns[i])),
                SQL(column_name_literal(&format->columns[i])));
        more = true;
    }
}

static const struct column *last_key(const struct format *format)
{
    const struct column *key = format->columns;
    for (size_t i = 0; i < format->column_count; i++)
        key = column_is_key(&format->columns[i]) ? &format->columns[i] : key;
    return key;
}

/* Accounts are not checked here: their folded addresses are compared together with the other logins. */
static bool check_doubles(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    const struct column *key = last_key(format);
    if (column_kind(key) == CELL_ADDRESS)
        return true;
    struct sql sql =
        sql_start(load->arena, "SELECT s.line, s.v_{}, d.first FROM (SELECT ", SQL(column_name_literal(key)));
    sql_key_columns(&sql, format, "");
    sql_put(&sql, ", MIN(line) AS first FROM {} GROUP BY ", SQL(format->stage_literal));
    sql_key_columns(&sql, format, "");
    sql_put(&sql, " HAVING COUNT(*) > 1) d JOIN {} s ON ", SQL(format->stage_literal));
    add_key_match(&sql, format);
    sql_put(&sql, " WHERE s.line > d.first ORDER BY s.line");
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    struct str value;
    for (int64_t line, first; db_read_next(rows, TO(&line), TO_LENT(&value), TO(&first));)
        LOAD_PROBLEM(load, input, line, column_name_literal(key), value, "already stands on line %" PRId64, first);
    return db_done(rows, err);
}

/* Finds the numbers in a column that no row has. */
static bool exchange_check_numbers(struct load *load, const struct input *input, const struct column *column,
                                   struct sql *sql, const char *prefix_literal, const char *name_literal,
                                   struct err *err)
{
    enum format_id to = format_of_table(column_refers_literal(column));
    sql_unknown_number(sql, load, to, prefix_literal, name_literal);
    sql_put(sql, " ORDER BY s.line");
    return note_found(load, input, sql, column_name_literal(column),
                      arena_printf(load->arena, "no %s has this number", formats[to].what).p, err);
}

static bool exchange_check_reference(struct load *load, const struct input *input, const struct column *column,
                                     struct err *err)
{
    enum format_id to =
        format_of_table(column_kind(column) == CELL_PICKLIST ? "picklist_item" : column_refers_literal(column));
    bool any = false;
    struct sql sql = sql_start(load->arena, "SELECT s.line, s.v_{} FROM {} s WHERE ", SQL(column_name_literal(column)),
                               SQL(input->format->stage_literal));
    sql_unknown(&sql, load, column);
    sql_put(&sql, " ORDER BY s.line");
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    any = db_next(rows);
    if (!db_done(rows, err) || (any && !meanings_find(load, input, column, err)))
        return false;
    const char *problem = column_kind(column) == CELL_PICKLIST
                              ? arena_printf(load->arena, "the list %s has no such key", column->field->list).p
                              : arena_printf(load->arena, "no %s has this number", formats[to].what).p;
    return !any || note_found(load, input, &sql, column_name_literal(column), problem, err);
}

static bool exchange_check_link(struct load *load, const struct input *input, const struct link *link, struct err *err)
{
    struct sql sql = sql_start(load->arena, "SELECT s.line, s.number FROM {} s WHERE", SQL(link->stage_literal));
    return exchange_check_numbers(load, input, format_column(input->format, str_of(link->column)), &sql, "number", "",
                                  err);
}

/* Known rows do not need the column; a new row does. */
static bool check_required(struct load *load, const struct input *input, const struct column *column, struct err *err)
{
    const struct format *format = input->format;
    struct sql sql = sql_start(load->arena, "SELECT s.line, NULL FROM {} s WHERE NOT EXISTS ({}) ORDER BY s.line",
                               SQL(format->stage_literal), SQL(format->find_literal));
    struct str problem = arena_printf(load->arena, "the column is missing, and this %s is new", format->what);
    return note_found(load, input, &sql, column_name_literal(column), problem.p, err);
}

static bool check_columns(struct load *load, const struct input *input, struct err *err)
{
    for (size_t i = 0; i < input->format->column_count; i++) {
        const struct column *column = &input->format->columns[i];
        if (input->given[i] && column_refers(column) && !exchange_check_reference(load, input, column, err))
            return false;
        if (!input->given[i] && column_required(column) && !check_required(load, input, column, err))
            return false;
    }
    for (size_t i = 0; i < input->format->link_count; i++) {
        if (!exchange_check_link(load, input, &input->format->links[i], err))
            return false;
    }
    return true;
}

bool note_logins(struct load *load, const char *literal, const char *problem, struct err *err)
{
    struct db_rows *rows = db_query(load->conn, load->arena, literal, DB_NO_ARGS, err);
    struct str name;
    size_t index;
    for (int64_t line; db_read_next(rows, TO(&index), TO(&line), TO_LENT(&name));) {
        const struct input *input = load->inputs;
        while (input->index != index)
            input++;
        LOAD_PROBLEM(load, input, line, input->format == &formats[FORMAT_ACCOUNTS] ? "email" : "login", name, "%s",
                     problem);
    }
    return db_done(rows, err);
}

bool check_all(struct load *load, struct err *err)
{
    for (size_t i = 0; i < load->input_count; i++) {
        progress_show(load, "checking", (double)i / (double)load->input_count);
        if (!check_doubles(load, &load->inputs[i], err) || !check_columns(load, &load->inputs[i], err))
            return false;
    }
    return note_logins(load,
                       "SELECT n.source, n.line, n.name FROM stage_login n WHERE EXISTS (SELECT 1 FROM stage_login o"
                       " WHERE o.name = n.name AND (o.source < n.source OR (o.source = n.source AND o.line < n.line)))"
                       " ORDER BY n.source, n.line",
                       "this user name is given twice", err);
}
