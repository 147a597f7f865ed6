/* Refuses times in the wrong order when the file brings them, alone or together with the stored times. */
#include "base/clock.h"
#include "bulk/exchange/stage.h"

/* `second` must not be earlier than `first`. */
static const struct time_rule {
    enum format_id format;
    const char *first, *second;
    const char *problem;
} RULES[] = {
    {FORMAT_CASES, "created", "started", "the case was started before it was created"},
    {FORMAT_CASES, "created", "finished", "the case was finished before it was created"},
    {FORMAT_CASES, "started", "finished", "the case was finished before it was started"},
    {FORMAT_CASES, "status", "finished", "the case is not started, so it cannot be finished"},
    {FORMAT_WORK_ORDERS, "created", "started", "the work order was started before it was created"},
    {FORMAT_WORK_ORDERS, "created", "finished", "the work order was finished before it was created"},
    {FORMAT_WORK_ORDERS, "started", "finished", "the work order was finished before it was started"},
    {FORMAT_WORK_ORDERS, "status", "finished", "the work order is not started, so it cannot be finished"},
    {FORMAT_WORK_ORDERS, "booked_from", "booked_to", "the booking ends before it begins"},
    {FORMAT_SPECIFICATIONS, "period_from", "period_to", "the period ends before it begins"},
};
#define RULE_COUNT (sizeof RULES / sizeof *RULES)

static bool is_of_state(const struct time_rule *rule)
{
    return str_eqz(STR("status"), rule->first);
}

static bool rule_concerns(const struct time_rule *rule, const struct input *input)
{
    return input->format == &formats[rule->format] &&
           (input_gives(input, rule->first) || input_gives(input, rule->second));
}

/* Appends the value that the row will have: the new one, else the stored one. */
static void add_coming(struct sql *sql, const struct input *input, const char *name)
{
    const struct column *column = format_column(input->format, str_of(name));
    if (input_gives(input, name))
        sql_new_value(sql, column);
    else
        sql_put(sql, "t.{}", SQL(column_target_literal(column)));
}

static void add_wrong(struct sql *sql, const struct input *input, const struct time_rule *rule)
{
    add_coming(sql, input, rule->second);
    sql_put(sql, is_of_state(rule) ? " IS NOT NULL AND " : " < ");
    add_coming(sql, input, rule->first);
    if (is_of_state(rule))
        sql_put(sql, " = ?", DB_INT(CASE_NOT_STARTED));
}

/* A row whose wrong times do not change may still change in other columns. */
static void merge_times_add_differing(struct sql *sql, const struct input *input, const struct time_rule *rule)
{
    const char *names[] = {rule->first, rule->second};
    sql_put(sql, "(s.state = ?", DB_INT(STATE_ADDED));
    for (size_t i = 0; i < 2; i++) {
        sql_put(sql, " OR t.{} IS DISTINCT FROM ",
                SQL(column_target_literal(format_column(input->format, str_of(names[i])))));
        add_coming(sql, input, names[i]);
    }
    sql_put(sql, ")");
}

bool times_mark(struct load *load, const struct input *input, struct err *err)
{
    struct sql sql = sql_start(load->arena, "UPDATE {} AS s SET disorder = CASE", SQL(input->format->stage_literal));
    bool any = false;
    _Static_assert((int)CASE_NOT_STARTED == (int)WORK_ORDER_NOT_STARTED, "one rule for both");
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (!rule_concerns(&RULES[i], input))
            continue;
        sql_put(&sql, " WHEN ");
        add_wrong(&sql, input, &RULES[i]);
        sql_put(&sql, " AND ");
        merge_times_add_differing(&sql, input, &RULES[i]);
        sql_put(&sql, " THEN ?", DB_INT((int64_t)i + 1));
        any = true;
    }
    sql_put(&sql, " ELSE 0 END FROM {} t WHERE t.id = s.id AND s.state <> 0", SQL(input->format->table_literal));
    return !any || db_exec_sql(load->conn, &sql, err);
}

static struct str found_text(struct arena *arena, const struct column *column, const struct db_rows *rows)
{
    if (db_null(rows, 1))
        return STR_NONE;
    if (column_kind(column) == CELL_CODE)
        return str_of(code_name(column_codes(column), db_int(rows, 1)));
    return column_kind(column) == CELL_INSTANT ? instant_format_local(arena, db_int(rows, 1)) : db_text(rows, 1);
}

/* Cases with work orders are left out: their times and state follow from these, whatever the file says (domain 2). */
static bool note_wrong(struct load *load, const struct input *input, size_t rule, struct err *err)
{
    const char *blamed = input_gives(input, RULES[rule].second) ? RULES[rule].second : RULES[rule].first;
    const struct column *column = format_column(input->format, str_of(blamed));
    struct sql sql =
        sql_start(load->arena, "SELECT s.line, s.v_{} FROM {} s WHERE s.disorder = ?", SQL(column_name_literal(column)),
                  SQL(input->format->stage_literal), DB_INT((int64_t)rule + 1));
    if (RULES[rule].format == FORMAT_CASES)
        sql_put(&sql, " AND NOT EXISTS (SELECT 1 FROM work_order w WHERE w.case_id = s.id)");
    sql_put(&sql, " ORDER BY s.line");
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    while (db_next(rows))
        LOAD_PROBLEM(load, input, db_int(rows, 0), blamed, found_text(load->arena, column, rows), "%s",
                     RULES[rule].problem);
    return db_done(rows, err);
}

bool times_check(struct load *load, struct err *err)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const struct input *input = load_input(load, RULES[i].format);
        if (input && rule_concerns(&RULES[i], input) && !note_wrong(load, input, i, err))
            return false;
    }
    return true;
}
