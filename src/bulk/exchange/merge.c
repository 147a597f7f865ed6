#include "bulk/exchange/stage.h"

#include <string.h>

static bool is_self_reference(const struct format *format, const struct column *column)
{
    return column_kind(column) == CELL_REFERENCE && strcmp(column_refers_literal(column), format->table_literal) == 0;
}

/* Appends `r_x = (SELECT id …)` for one reference. */
static void add_resolution(struct sql *sql, const struct column *column)
{
    sql_put(sql, "r_{}", SQL(column_name_literal(column)));
    if (column_kind(column) == CELL_PICKLIST) {
        sql_put(sql, " = (SELECT t.id FROM picklist_item t WHERE t.list = ? AND t.key = s.v_",
                DB_TEXT(str_of(column->field->list)));
    } else {
        sql_put(sql, " = (SELECT t.id FROM {} t WHERE t.number = s.v_", SQL(column_refers_literal(column)));
    }
    sql_put(sql, "{})", SQL(column_name_literal(column)));
}

/* Finds the known rows, and the rows in other tables that known and new rows refer to. */
static bool find_rows(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    struct sql sql = sql_start(load->arena, "UPDATE {} AS s SET state = " STATE_UNCHANGED_SQL ", id = ({})",
                               SQL(format->stage_literal), SQL(format->find_literal));
    for (size_t i = 0; i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        if (!input->given[i] || !column_refers(column) || is_self_reference(format, column))
            continue;
        sql_put(&sql, ", ");
        add_resolution(&sql, column);
    }
    return db_exec_sql(load->conn, &sql, err);
}

/* A workbook shows times to the second: a stored time that shows the same stays as it is. */
static bool keep_shown_times(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    for (size_t i = 0; input->source->workbook && i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        if (!input->given[i] || column_kind(column) != CELL_INSTANT)
            continue;
        struct sql sql = sql_start(
            load->arena,
            "UPDATE {} AS s SET v_{} = t.{} FROM {} t WHERE t.id = s.id AND t.{} - s.v_{} BETWEEN 1 AND 999999",
            SQL(format->stage_literal), SQL(column_name_literal(column)), SQL(column_target_literal(column)),
            SQL(format->table_literal), SQL(column_target_literal(column)), SQL(column_name_literal(column)));
        if (!db_exec_sql(load->conn, &sql, err))
            return false;
    }
    return true;
}

/*
 * An object gives its customer (domain 14.2; model/case_rules.h decides the same for forms) where the file has no
 * column of customers: to a new case, and to a known case that gets another object and has the customer of the object
 * before. An empty cell is a customer that was cleared.
 */
static bool take_customers(struct load *load, struct input *input, struct err *err)
{
    bool given = input_gives(input, "customer") && !input->customers_follow; /* the merge may run again */
    if (input->format != &formats[FORMAT_CASES] || !input_gives(input, "object") || given)
        return true;
    input->customers_follow = true;
    input->given[format_column(input->format, STR("customer")) - input->format->columns] = true;
    return db_exec(load->conn,
                   "UPDATE stage_cases AS s SET r_customer = c.id, v_customer = c.number FROM object o"
                   " JOIN customer c ON c.id = o.customer_id WHERE o.id = s.r_object AND c.active = 1"
                   " AND (s.id IS NULL OR EXISTS (SELECT 1 FROM cases t LEFT JOIN object b ON b.id = t.object_id"
                   " WHERE t.id = s.id AND t.object_id IS DISTINCT FROM s.r_object"
                   " AND (t.customer_id IS NULL OR t.customer_id = b.customer_id)))",
                   DB_NO_ARGS, err) &&
           db_exec(load->conn,
                   "UPDATE stage_cases AS s SET r_customer = t.customer_id FROM cases t WHERE t.id = s.id"
                   " AND s.r_customer IS NULL",
                   DB_NO_ARGS, err);
}

static void add_staged(struct sql *sql, const struct column *column)
{
    sql_put(sql, "{}{}", SQL(column_refers(column) ? "s.r_" : "s.v_"), SQL(column_name_literal(column)));
}

static bool is_inserted(const struct input *input, size_t at)
{
    const struct column *column = &input->format->columns[at];
    return column_target_literal(column) && (input->given[at] || column->value_literal) &&
           !is_self_reference(input->format, column);
}

static bool insert_rows(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    struct sql sql = sql_start(load->arena, "INSERT INTO {} (", SQL(format->table_literal));
    bool more = false;
    for (size_t i = 0; i < format->column_count; i++) {
        if (!is_inserted(input, i))
            continue;
        sql_put(&sql, "{}{}", SQL(more ? ", " : ""), SQL(column_target_literal(&format->columns[i])));
        more = true;
    }
    if (format->more_literal)
        sql_put(&sql, ", {}", SQL(format->more_literal));
    sql_put(&sql, ") SELECT ");
    more = false;
    for (size_t i = 0; i < format->column_count; i++) {
        if (!is_inserted(input, i))
            continue;
        sql_put(&sql, more ? ", " : "");
        if (format->columns[i].value_literal)
            sql_put(&sql, format->columns[i].value_literal);
        else
            add_staged(&sql, &format->columns[i]);
        more = true;
    }
    if (format->more_literal)
        sql_put(&sql, ", {}", SQL(format->more_value_literal));
    sql_put(&sql, " FROM {} s WHERE s.id IS NULL", SQL(format->stage_literal));
    if (!db_exec_sql(load->conn, &sql, err))
        return false;
    input->count->added = db_changes(load->conn);
    return true;
}

/* Finds the ids of the new rows. */
static bool find_added(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    if (!input->count->added)
        return true;
    struct sql sql =
        sql_start(load->arena, "UPDATE {} AS s SET state = " STATE_ADDED_SQL ", id = ({}) WHERE id IS NULL",
                  SQL(format->stage_literal), SQL(format->find_literal));
    return db_exec_sql(load->conn, &sql, err);
}

static bool index_ids(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    struct sql sql =
        sql_start(load->arena, "CREATE INDEX {}_id ON {} (id)", SQL(format->stage_literal), SQL(format->stage_literal));
    return db_exec_sql(load->conn, &sql, err) && stage_analyze(load, format->stage_literal, err);
}

/* Resolves references within the table itself; all its rows exist only now. */
static bool resolve_self(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    for (size_t i = 0; i < format->column_count; i++) {
        if (!input->given[i] || !is_self_reference(format, &format->columns[i]))
            continue;
        struct sql sql = sql_start(load->arena, "UPDATE {} AS s SET ", SQL(format->stage_literal));
        add_resolution(&sql, &format->columns[i]);
        sql_put(&sql, " WHERE s.v_{} IS NOT NULL", SQL(column_name_literal(&format->columns[i])));
        if (!db_exec_sql(load->conn, &sql, err))
            return false;
    }
    return true;
}

bool column_is_updated(const struct input *input, size_t at)
{
    const struct column *column = &input->format->columns[at];
    return column_target_literal(column) && input->given[at] && !column_is_key(column);
}

void sql_new_value(struct sql *sql, const struct column *column)
{
    if (column->keep_literal)
        sql_put(sql, "CASE WHEN {} THEN t.{} ELSE ", SQL(column->keep_literal), SQL(column_target_literal(column)));
    if (column->value_literal)
        sql_put(sql, column->value_literal);
    else
        add_staged(sql, column);
    sql_put(sql, column->keep_literal ? " END" : "");
}

static bool mark_changed(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    struct sql sql = sql_start(load->arena,
                               "UPDATE {} AS s SET state = " STATE_CHANGED_SQL
                               " FROM {} t WHERE s.state = " STATE_UNCHANGED_SQL " AND t.id = s.id AND (1 = 0",
                               SQL(format->stage_literal), SQL(format->table_literal));
    for (size_t i = 0; i < format->column_count; i++) {
        if (!column_is_updated(input, i))
            continue;
        sql_put(&sql, " OR t.{} IS DISTINCT FROM ", SQL(column_target_literal(&format->columns[i])));
        sql_new_value(&sql, &format->columns[i]);
    }
    sql_put(&sql, ")");
    return db_exec_sql(load->conn, &sql, err);
}

/* Writes the given values into changed rows. New rows get only their references within the table. */
static bool update_rows(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    bool any = false, self = false;
    struct sql sql = sql_start(load->arena, "UPDATE {} AS t SET ", SQL(format->table_literal));
    for (size_t i = 0; i < format->column_count; i++) {
        if (!column_is_updated(input, i))
            continue;
        sql_put(&sql, "{}{} = ", SQL(any ? ", " : ""), SQL(column_target_literal(&format->columns[i])));
        sql_new_value(&sql, &format->columns[i]);
        self = self || is_self_reference(format, &format->columns[i]);
        any = true;
    }
    sql_put(&sql,
            self ? " FROM {} s WHERE t.id = s.id AND s.state <> " STATE_UNCHANGED_SQL
                 : " FROM {} s WHERE t.id = s.id AND s.state = " STATE_CHANGED_SQL,
            SQL(format->stage_literal));
    return !any || db_exec_sql(load->conn, &sql, err);
}

static bool count_states(struct load *load, const struct input *input, struct err *err)
{
    struct sql sql =
        sql_start(load->arena, "SELECT state, COUNT(*) FROM {} GROUP BY state", SQL(input->format->stage_literal));
    int64_t counts[STATE_ADDED + 1] = {0};
    enum load_state state;
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    for (int64_t count; db_next(rows); counts[state] = count)
        db_read(rows, TO(&state), TO(&count));
    *input->count = (struct load_count){
        .unchanged = counts[STATE_UNCHANGED], .changed = counts[STATE_CHANGED], .added = counts[STATE_ADDED]};
    return db_done(rows, err);
}

bool merge_rows(struct load *load, struct input *input, struct err *err)
{
    if (!find_rows(load, input, err) || !keep_shown_times(load, input, err) || !take_customers(load, input, err) ||
        !insert_rows(load, input, err) || !accounts_name(load, input, err) || !find_added(load, input, err) ||
        !index_ids(load, input, err) || !resolve_self(load, input, err))
        return false;
    if (!mark_changed(load, input, err) || !links_mark(load, input, err) || !extras_mark(load, input, err) ||
        !logins_mark(load, input, err) || !times_mark(load, input, err))
        return false;
    return samples_take(load, input, err) && undo_keep_before(load, input, err) &&
           derived_note_before(load, input, err) && update_rows(load, input, err) && links_write(load, input, err) &&
           extras_write(load, input, err) && count_states(load, input, err);
}
