/* Finds the problems that show only once all rows are merged: of values that rows have together. */
#include "base/clock.h"
#include "bulk/exchange/stage.h"
#include "model/time_order.h"

/* --- rows that contradict other rows ------------------------------------------------------------------------------ */

/* Longer chains of parents, and circles, are refused. */
#define ANCESTORS                                                                                                      \
    "WITH RECURSIVE up (line, start, at, depth) AS (SELECT s.line, s.id, o.parent_id, 1 FROM stage_objects s"          \
    " JOIN object o ON o.id = s.id WHERE o.parent_id IS NOT NULL AND s.state <> " STATE_UNCHANGED_SQL                  \
    " UNION ALL SELECT up.line, up.start, o.parent_id, up.depth + 1 FROM up JOIN object o ON o.id = up.at"             \
    " WHERE o.parent_id IS NOT NULL AND up.at <> up.start AND up.depth < 65)"                                          \
    " SELECT up.line, s.v_parent FROM up JOIN stage_objects s ON s.line = up.line"

/* The path up to the last slash. */
#define FOLDER "RTRIM(u.path, REPLACE(u.path, '/', ''))"

/* Each query finds the lines of wrong rows, and the value to show or NULL. */
static const struct merged_rule {
    enum format_id format;
    const char *column, *problem;
    const char *literal;
    bool given; /* only when the file has the column */
    bool alone; /* only when no rule before found anything */
} RULES[] = {
    {FORMAT_OBJECTS, "parent", "the object would be its own parent, directly or over others",
     .literal = ANCESTORS " WHERE up.at = up.start ORDER BY up.line", .given = true},
    /* Objects below a circle are not reported, only the circle itself. */
    {FORMAT_OBJECTS, "parent", "more than 64 objects above each other",
     .literal = ANCESTORS " WHERE up.depth = 65 ORDER BY up.line", .given = true, .alone = true},
    {FORMAT_CASES, "duplicate_of", "the case would be its own duplicate",
     .literal = "SELECT s.line, s.v_duplicate_of FROM stage_cases s WHERE s.r_duplicate_of = s.id ORDER BY s.line",
     .given = true},
    {FORMAT_ARTICLE_ROWS, "work_order", "the work order belongs to another case",
     .literal = "SELECT s.line, w.number FROM stage_article_rows s JOIN article_row r ON r.id = s.id"
                " JOIN work_order w ON w.id = r.work_order_id WHERE w.case_id <> r.case_id ORDER BY s.line"},
    {FORMAT_WORK_ORDERS, "case", "an article row of the work order belongs to another case",
     .literal = "SELECT s.line, MIN(r.number) FROM stage_work_orders s JOIN work_order w ON w.id = s.id"
                " JOIN article_row r ON r.work_order_id = w.id WHERE s.state = " STATE_CHANGED_SQL
                " AND r.case_id <> w.case_id"
                " GROUP BY s.line ORDER BY s.line"},
    {FORMAT_SPECIFICATIONS, "rows", "a row that is not attested cannot stand on a specification that is not a draft",
     .literal = "SELECT s.line, MIN(r.number) FROM stage_specifications s JOIN invoice_specification t ON t.id = s.id"
                " JOIN invoice_specification_row l ON l.specification_id = t.id JOIN article_row r"
                " ON r.id = l.article_row_id WHERE s.state <> " STATE_UNCHANGED_SQL
                " AND t.status <> 'draft' AND r.status = 'editable' GROUP BY s.line ORDER BY s.line"},
    {FORMAT_ARTICLE_ROWS, "status",
     "a row stays attested on a specification that is not a draft: withdraw the specification first",
     .literal = "SELECT s.line, MIN(t.number) FROM stage_article_rows s JOIN article_row r ON r.id = s.id"
                " JOIN invoice_specification_row l ON l.article_row_id = r.id JOIN invoice_specification t"
                " ON t.id = l.specification_id WHERE s.state = " STATE_CHANGED_SQL
                " AND t.status <> 'draft' AND r.status = 'editable' GROUP BY s.line ORDER BY s.line",
     .alone = true},
    {FORMAT_FILES, "row", "exactly one of customer, object and case is needed",
     .literal =
         "SELECT s.line, NULL FROM stage_files s JOIN file t ON t.id = s.id WHERE s.state <> " STATE_UNCHANGED_SQL
         " AND CASE WHEN t.customer_id IS NULL THEN 0 ELSE 1 END + CASE WHEN t.object_id IS NULL THEN 0 ELSE 1 END"
         " + CASE WHEN t.case_id IS NULL THEN 0 ELSE 1 END <> 1 ORDER BY s.line"},
    {FORMAT_FILES, "path", "is the same file as on an earlier line",
     .literal = "SELECT s.line, s.v_path FROM stage_files s WHERE EXISTS (SELECT 1 FROM stage_files o"
                " WHERE o.id = s.id AND o.line < s.line) ORDER BY s.line"},
    {FORMAT_FILES, "path", "a file has the path that is a folder here",
     .literal = "WITH RECURSIVE up (line, path) AS (SELECT s.line, s.v_path FROM stage_files s WHERE"
                " s.state = " STATE_ADDED_SQL " UNION ALL"
                " SELECT u.line, SUBSTR(" FOLDER ", 1, LENGTH(" FOLDER ") - 1) FROM up u"
                " WHERE u.path LIKE '%/%') SELECT s.line, t.path FROM up JOIN stage_files s ON s.line = up.line"
                " JOIN file t ON t.path = up.path WHERE up.path <> s.v_path ORDER BY s.line"},
    /* `0` is the character after `/`. */
    {FORMAT_FILES, "path", "is a folder of other files",
     .literal = "SELECT s.line, s.v_path FROM stage_files s WHERE s.state = " STATE_ADDED_SQL
                " AND EXISTS (SELECT 1 FROM file t"
                " WHERE t.path > s.v_path || '/' AND t.path < s.v_path || '0' AND NOT EXISTS"
                " (SELECT 1 FROM stage_files o WHERE o.id = t.id AND o.state = " STATE_ADDED_SQL ")) ORDER BY s.line"},
};

bool merged_check(struct load *load, enum format_id from, enum format_id to, struct err *err)
{
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        const struct input *input = load_input(load, RULES[i].format);
        if (!input || RULES[i].format < from || RULES[i].format > to ||
            (RULES[i].given && !input_gives(input, RULES[i].column)) || (RULES[i].alone && load->problems.count > 0))
            continue;
        struct sql sql = sql_start(load->arena, RULES[i].literal);
        if (!note_found(load, input, &sql, RULES[i].column, RULES[i].problem, err))
            return false;
    }
    return true;
}

/* --- times in the wrong order ------------------------------------------------------------------------------------- */

static const char *first_name(const struct time_rule *rule)
{
    return field_exported(&rule->entity->fields[rule->first]);
}

static const char *second_name(const struct time_rule *rule)
{
    return field_exported(&rule->entity->fields[rule->second]);
}

static bool rule_concerns(const struct time_rule *rule, const struct input *input)
{
    return input->format->entity == rule->entity &&
           (input_gives(input, first_name(rule)) || input_gives(input, second_name(rule)));
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
    add_coming(sql, input, second_name(rule));
    sql_put(sql, rule->kind == TIME_ORDERED ? " < " : " IS NOT NULL AND ");
    add_coming(sql, input, first_name(rule));
    if (rule->kind == TIME_STARTED)
        sql_put(sql, " = ?", DB_INT(CASE_NOT_STARTED));
}

/* A row whose wrong times do not change may still change in other columns. */
static void add_differing(struct sql *sql, const struct input *input, const struct time_rule *rule)
{
    const char *names[] = {first_name(rule), second_name(rule)};
    sql_put(sql, "(s.state = " STATE_ADDED_SQL);
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
    for (size_t i = 0; i < time_rule_count; i++) {
        if (!rule_concerns(&time_rules[i], input))
            continue;
        sql_put(&sql, " WHEN ");
        add_wrong(&sql, input, &time_rules[i]);
        sql_put(&sql, " AND ");
        add_differing(&sql, input, &time_rules[i]);
        sql_put(&sql, " THEN ?", DB_INT((int64_t)i + 1));
        any = true;
    }
    sql_put(&sql, " ELSE 0 END FROM {} t WHERE t.id = s.id AND s.state <> " STATE_UNCHANGED_SQL,
            SQL(input->format->table_literal));
    return !any || db_exec_sql(load->conn, &sql, err);
}

/*
 * Cases with work orders that are not cancelled are left out: their times and state follow from these, not from the
 * file (domain 2).
 */
static bool note_wrong(struct load *load, const struct input *input, size_t at, struct err *err)
{
    const char *second = second_name(&time_rules[at]);
    const struct column *column =
        format_column(input->format, str_of(input_gives(input, second) ? second : first_name(&time_rules[at])));
    struct sql sql =
        sql_start(load->arena, "SELECT s.line, s.v_{} FROM {} s WHERE s.disorder = ?", SQL(column_name_literal(column)),
                  SQL(input->format->stage_literal), DB_INT((int64_t)at + 1));
    if (input->format == &formats[FORMAT_CASES])
        sql_put(&sql, " AND NOT EXISTS (SELECT 1 FROM work_order w WHERE w.case_id = s.id AND w.status <> ?)",
                DB_INT(WORK_ORDER_CANCELLED));
    sql_put(&sql, " ORDER BY s.line");
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    while (db_next(rows))
        LOAD_PROBLEM(load, input, db_int(rows, 0), column_name_literal(column),
                     column_text(load->arena, column, rows, 1, instant_format_local), "%s", time_rules[at].problem);
    return db_done(rows, err);
}

bool times_check(struct load *load, struct err *err)
{
    for (size_t i = 0; i < load->input_count; i++) {
        for (size_t k = 0; k < time_rule_count; k++) {
            if (rule_concerns(&time_rules[k], &load->inputs[i]) && !note_wrong(load, &load->inputs[i], k, err))
                return false;
        }
    }
    return true;
}

/* --- cases whose times follow from work orders -------------------------------------------------------------------- */

#define NEWLY_BACKWARDS                                                                                                \
    "stage_touched p JOIN cases c ON c.id = p.case_id AND " CASE_BACKWARDS                                             \
    " LEFT JOIN stage_backwards b ON b.case_id = c.id"
/* The line of the case, if the file gave the time; else the line of its last work order, or of one that left it. */
#define LINE_OF_CASE                                                                                                   \
    "SELECT s.line, NULL FROM " NEWLY_BACKWARDS " JOIN stage_cases s ON s.id = c.id AND s.v_{} = c.{}"                 \
    " WHERE b.case_id IS NULL ORDER BY s.line"
#define LINE_OF_ORDER                                                                                                  \
    "SELECT COALESCE((SELECT MIN(s.line) FROM stage_work_orders s JOIN work_order w ON w.id = s.id"                    \
    " WHERE w.case_id = c.id AND s.state <> " STATE_UNCHANGED_SQL " AND w.finished = c.finished),"                     \
    " (SELECT MIN(s.line) FROM stage_work_orders s JOIN work_order w ON w.id = s.id WHERE w.case_id = c.id"            \
    " AND s.state <> " STATE_UNCHANGED_SQL "), p.line) AS line, NULL FROM " NEWLY_BACKWARDS                            \
    " WHERE b.case_id IS NULL ORDER BY line"

/* Notes the faults that a query finds. When the rows of cases explain them, the work orders are not named too. */
bool case_times_check(struct load *load, struct err *err)
{
    static const char *const time_literals[] = {"started", "finished"}, *const ORDER_COLUMNS[] = {"finished", "started",
                                                                                                  "status", "case"};
    static const char *const PROBLEM = "the case would be finished before it was started, by its work orders";
    const struct input *cases = load_input(load, FORMAT_CASES), *orders = load_input(load, FORMAT_WORK_ORDERS);
    int64_t before = load->problems.count;
    for (size_t i = 0; cases && i < sizeof time_literals / sizeof *time_literals && load->problems.count == before;
         i++) {
        struct sql sql = sql_start(load->arena, LINE_OF_CASE, SQL(time_literals[i]), SQL(time_literals[i]));
        if (input_gives(cases, time_literals[i]) && !note_found(load, cases, &sql, time_literals[i], PROBLEM, err))
            return false;
    }
    if (!orders || load->problems.count > before)
        return true;
    size_t at = 0;
    while (at + 1 < sizeof ORDER_COLUMNS / sizeof *ORDER_COLUMNS && !input_gives(orders, ORDER_COLUMNS[at]))
        at++;
    struct sql sql = sql_start(load->arena, LINE_OF_ORDER);
    return note_found(load, orders, &sql, ORDER_COLUMNS[at], PROBLEM, err);
}
