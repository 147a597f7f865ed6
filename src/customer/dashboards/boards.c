/*
 * The content of the four dashboards (domain 8). All their facts come through visible_scopes, the one rule of what an
 * actor sees (domain 5).
 */
#include "access/scope.h"
#include "access/visibility.h"
#include "customer/dashboards/board.h"
#include "model/time_order.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define MEASURES(array) .measures = array, .measure_count = COUNT_OF(array)

const struct board *const boards[4] = {&case_board, &order_board, &throughput_board, &row_board};

const struct board *board_find(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(boards); i++) {
        if (str_eqz(name, boards[i]->name))
            return boards[i];
    }
    return NULL;
}

struct str board_path(struct arena *arena, const struct board *board, const char *behind)
{
    return arena_printf(arena, "/dashboards/%s%s", board->name, behind);
}

static void boards_add_range(struct sql *sql, const char *literal, int64_t from_us, int64_t to_us)
{
    sql_put(sql, " AND {} >= ? AND {} < ?", SQL(literal), DB_INT(from_us), SQL(literal), DB_INT(to_us));
}

/* Appends `(SELECT …) v`: the actor's cases that were created in the period, each once. */
static void add_cases(struct sql *sql, const struct actor *actor, int64_t from_us, int64_t to_us)
{
    sql_put(sql, "(SELECT DISTINCT s.case_id FROM case_scope s WHERE s.scope IN ");
    visible_scopes(sql, actor);
    boards_add_range(sql, "s.created", from_us, to_us);
    sql_put(sql, ") v");
}

/* Appends `(SELECT …) v`: the events of the actor's cases in the period, each once. */
static void add_events(struct sql *sql, const struct actor *actor, enum scope_event_kind kind, int64_t from_us,
                       int64_t to_us)
{
    sql_put(sql, "(SELECT DISTINCT e.case_id, e.work_order_id FROM scope_event e WHERE e.scope IN ");
    visible_scopes(sql, actor);
    sql_put(sql, " AND e.kind = ?", DB_INT(kind));
    boards_add_range(sql, "e.at", from_us, to_us);
    sql_put(sql, ") v");
}

static struct str count_cases(struct visit *visit, int64_t count)
{
    return tr_n(visit->arena, visit->view.lang, _("{n} case"), _("{n} cases"), count);
}

static struct str count_orders(struct visit *visit, int64_t count)
{
    return tr_n(visit->arena, visit->view.lang, _("{n} work order"), _("{n} work orders"), count);
}

static struct str count_rows(struct visit *visit, int64_t count)
{
    return tr_n(visit->arena, visit->view.lang, _("{n} row"), _("{n} rows"), count);
}

/* --- cases -------------------------------------------------------------------------------------------------------- */

static void add_case_columns(struct sql *sql, struct visit *visit)
{
    (void)visit;
    sql_put(sql, "SELECT c.id, c.created, c.status, c.type_id, c.customer_id, c.object_id");
}

static void add_case_totals(struct sql *sql, struct visit *visit)
{
    (void)visit;
    sql_put(sql, "SELECT COUNT(*), COUNT(CASE WHEN c.status = 2 THEN 1 END), 0, 0, 0");
}

static void add_case_from(struct sql *sql, struct visit *visit, const struct filter *filter, int64_t from_us,
                          int64_t to_us)
{
    sql_put(sql, " FROM ");
    add_cases(sql, &visit->actor, from_us, to_us);
    sql_put(sql, " JOIN cases c ON c.id = v.case_id WHERE 1 = 1");
    filter_conditions(sql, filter);
}

static void boards_read_case(const struct db_rows *rows, struct fact *fact)
{
    fact->key[BY_STATUS] = db_int(rows, 2) + 1;
    fact->finished = db_int(rows, 2) == 2;
    fact->key[BY_TYPE] = db_int(rows, 3);
    fact->key[BY_CUSTOMER] = db_int(rows, 4);
    fact->key[BY_OBJECT] = db_int(rows, 5);
}

static void add_case_details(struct sql *sql, struct visit *visit)
{
    (void)visit;
    sql_put(sql, "SELECT c.id, c.number, c.title, c.status, ty.key, ty.label_sv, ty.label_en, pr.key, pr.label_sv,"
                 " pr.label_en, cu.number, cu.name, o.number, o.name, c.created, c.started, c.finished"
                 " FROM cases c LEFT JOIN picklist_item ty ON ty.id = c.type_id"
                 " LEFT JOIN picklist_item pr ON pr.id = c.priority_id"
                 " LEFT JOIN customer cu ON cu.id = c.customer_id"
                 " LEFT JOIN object o ON o.id = c.object_id WHERE c.id");
}

static const struct measure STATE_MEASURES[] = {
    {MEASURE_COUNT, "count", _("Created (several)"), false},
    {MEASURE_FINISHED, "finished", _("Finished (several)"), true},
    {MEASURE_OPEN, "open", _("Not finished (several)"), true},
};
static const struct measure COUNT_MEASURES[] = {{MEASURE_COUNT, "count", _("Count"), true}};
static const struct chart CASE_CHARTS[] = {
    {"time", BY_TIME, "stack", _("Created over time"), _("Period"), MEASURES(STATE_MEASURES)},
    {"type", BY_TYPE, "bars-stack", _("By case type"), _("Case type"), MEASURES(STATE_MEASURES)},
    {"status", BY_STATUS, "bars", _("By status"), _("Status"), MEASURES(COUNT_MEASURES)},
    {"object", BY_OBJECT, "bars-stack", _("By object"), _("Object"), MEASURES(STATE_MEASURES), .top = true},
    {"customer", BY_CUSTOMER, "bars-stack", _("By customer"), _("Customer"), MEASURES(STATE_MEASURES), .top = true},
};
static const struct board_column CASE_COLUMNS[] = {
    {"number", _("Case number"), COLUMN_CASE, true},     {"title", _("Title"), COLUMN_TEXT, true},
    {"status", _("Status"), COLUMN_STATUS, true},        {"type", _("Case type"), COLUMN_PICKLIST, true},
    {"priority", _("Priority"), COLUMN_PICKLIST, false}, {"customer", _("Customer"), COLUMN_REGISTER, true},
    {"object", _("Object"), COLUMN_REGISTER, true},      {"created", _("Created"), COLUMN_INSTANT, true},
    {"started", _("Started"), COLUMN_INSTANT, false},    {"finished", _("Finished"), COLUMN_INSTANT, true},
};

const struct board case_board = {
    .name = "cases",
    .title = _("Cases"),
    .lead = _("Cases created in the period."),
    .rows_title = _("Cases behind the number"),
    .count_text = count_cases,
    .filters = FILTER_CUSTOMER | FILTER_OBJECT | FILTER_TYPE,
    .add_from = add_case_from,
    .add_columns = add_case_columns,
    .read = boards_read_case,
    .add_totals = add_case_totals,
    .figures = STATE_MEASURES,
    .figure_count = COUNT_OF(STATE_MEASURES),
    .charts = CASE_CHARTS,
    .chart_count = COUNT_OF(CASE_CHARTS),
    .add_details = add_case_details,
    .columns = CASE_COLUMNS,
    .column_count = COUNT_OF(CASE_COLUMNS),
};

/* --- work orders -------------------------------------------------------------------------------------------------- */

const char *const punctuality_codes[PUNCTUALITY_END] = {"", "on_time", "late", "not_booked", "not_finished"};
const struct msgid *const punctuality_labels[PUNCTUALITY_END] = {
    NULL, _("Finished on time"), _("Finished late"), _("Finished without booking"), _("Not finished (work order)")};

static void add_order_columns(struct sql *sql, struct visit *visit)
{
    (void)visit;
    sql_put(sql, "SELECT w.id, w.created, w.status, w.type_id, c.customer_id, c.object_id, w.booked_to, w.finished,"
                 " CASE WHEN " WORK_ORDER_DISORDERED " THEN 1 END");
}

static void add_order_totals(struct sql *sql, struct visit *visit)
{
    (void)visit;
    sql_put(sql, "SELECT COUNT(CASE WHEN " WORK_ORDER_DISORDERED " THEN NULL ELSE 1 END),"
                 " COUNT(CASE WHEN " WORK_ORDER_DISORDERED " THEN NULL WHEN w.status = 2 THEN 1 END),"
                 " COUNT(CASE WHEN " WORK_ORDER_DISORDERED
                 " THEN NULL WHEN w.status = 2 AND w.finished <= w.booked_to THEN 1 END), 0, 0");
}

static void add_order_from(struct sql *sql, struct visit *visit, const struct filter *filter, int64_t from_us,
                           int64_t to_us)
{
    sql_put(sql, " FROM ");
    add_events(sql, &visit->actor, EVENT_WORK_ORDER_CREATED, from_us, to_us);
    sql_put(sql, " JOIN work_order w ON w.id = v.work_order_id JOIN cases c ON c.id = v.case_id WHERE 1 = 1");
    filter_conditions(sql, filter);
}

static void read_order(const struct db_rows *rows, struct fact *fact)
{
    boards_read_case(rows, fact);
    if (!fact->finished)
        fact->key[BY_PUNCTUALITY] = NOT_FINISHED;
    else if (db_null(rows, 6) || db_null(rows, 7))
        fact->key[BY_PUNCTUALITY] = NOT_BOOKED;
    else
        fact->key[BY_PUNCTUALITY] = db_int(rows, 7) <= db_int(rows, 6) ? ON_TIME : LATE;
    fact->on_time = fact->key[BY_PUNCTUALITY] == ON_TIME;
    fact->disordered = !db_null(rows, 8);
}

static void add_order_details(struct sql *sql, struct visit *visit)
{
    (void)visit;
    sql_put(sql, "SELECT w.id, w.number, c.number, w.title, ty.key, ty.label_sv, ty.label_en, w.status, w.resource,"
                 " cu.number, cu.name, o.number, o.name, w.booked_from, w.booked_to, w.created, w.started,"
                 " w.finished FROM work_order w JOIN cases c ON c.id = w.case_id"
                 " LEFT JOIN picklist_item ty ON ty.id = w.type_id"
                 " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id"
                 " WHERE w.id");
}

static const struct measure ORDER_FIGURES[] = {
    {MEASURE_COUNT, "count", _("Created (several)"), true},
    {MEASURE_FINISHED, "finished", _("Finished (several)"), true},
    {MEASURE_ON_TIME, "on_time", _("Finished on time (several)"), true},
    {MEASURE_OPEN, "open", _("Not finished (several)"), true},
};
static const struct chart ORDER_CHARTS[] = {
    {"time", BY_TIME, "stack", _("Created over time"), _("Period"), MEASURES(STATE_MEASURES)},
    {"type", BY_TYPE, "bars-stack", _("By work order type"), _("Work order type"), MEASURES(STATE_MEASURES)},
    {"status", BY_STATUS, "bars", _("By status"), _("Status"), MEASURES(COUNT_MEASURES)},
    {"punctuality", BY_PUNCTUALITY, "bars", _("Finished on time against booking"), _("Outcome"),
     MEASURES(COUNT_MEASURES)},
    {"object", BY_OBJECT, "bars-stack", _("By object"), _("Object"), MEASURES(STATE_MEASURES), .top = true},
    {"customer", BY_CUSTOMER, "bars-stack", _("By customer"), _("Customer"), MEASURES(STATE_MEASURES), .top = true},
};
static const struct board_column ORDER_COLUMNS[] = {
    {"number", _("Work order"), COLUMN_TEXT, true},
    {"case", _("Case number"), COLUMN_CASE, true},
    {"title", _("Title"), COLUMN_TEXT, true},
    {"work_order_type", _("Work order type"), COLUMN_PICKLIST, true},
    {"status", _("Status"), COLUMN_ORDER_STATUS, true},
    {"resource", _("Technician"), COLUMN_TEXT, false},
    {"customer", _("Customer"), COLUMN_REGISTER, false},
    {"object", _("Object"), COLUMN_REGISTER, true},
    {"booked_from", _("Booked from"), COLUMN_INSTANT, false},
    {"booked_to", _("Booked to"), COLUMN_INSTANT, true},
    {"created", _("Created"), COLUMN_INSTANT, true},
    {"started", _("Started"), COLUMN_INSTANT, false},
    {"finished", _("Finished"), COLUMN_INSTANT, true},
};

const struct board order_board = {
    .name = "work-orders",
    .title = _("Work orders"),
    .lead = _("Work orders created in the period."),
    .rows_title = _("Work orders behind the number"),
    .count_text = count_orders,
    .filters = FILTER_CUSTOMER | FILTER_OBJECT | FILTER_WORK_ORDER_TYPE,
    .orders = true,
    .add_from = add_order_from,
    .add_columns = add_order_columns,
    .read = read_order,
    .add_totals = add_order_totals,
    .figures = ORDER_FIGURES,
    .figure_count = COUNT_OF(ORDER_FIGURES),
    .charts = ORDER_CHARTS,
    .chart_count = COUNT_OF(ORDER_CHARTS),
    .add_details = add_order_details,
    .columns = ORDER_COLUMNS,
    .column_count = COUNT_OF(ORDER_COLUMNS),
};

/* --- throughput --------------------------------------------------------------------------------------------------- */

#define HOURS(n) (INT64_C(3600000000) * (n))
const struct duration_step duration_steps[DURATION_STEPS + 1] = {
    {"", NULL, 0},
    {"0-4h", _("under 4 hours"), HOURS(4)},
    {"4-8h", _("4 to 8 hours"), HOURS(8)},
    {"8-24h", _("8 to 24 hours"), HOURS(24)},
    {"1-2d", _("1 to 2 days"), HOURS(48)},
    {"2-4d", _("2 to 4 days"), HOURS(96)},
    {"4-7d", _("4 to 7 days"), HOURS(168)},
    {"1-2w", _("1 to 2 weeks"), HOURS(336)},
    {"2-4w", _("2 to 4 weeks"), HOURS(672)},
    {"4w-", _("4 weeks or more"), INT64_MAX},
};

static void add_throughput_columns(struct sql *sql, struct visit *visit)
{
    (void)visit;
    sql_put(sql, "SELECT c.id, c.finished, c.created, c.started, c.customer_id, c.object_id");
}

static void add_throughput_from(struct sql *sql, struct visit *visit, const struct filter *filter, int64_t from_us,
                                int64_t to_us)
{
    sql_put(sql, " FROM ");
    add_events(sql, &visit->actor, EVENT_CASE_FINISHED, from_us, to_us);
    sql_put(sql, " JOIN cases c ON c.id = v.case_id WHERE 1 = 1");
    filter_conditions(sql, filter);
}

static void read_throughput(const struct db_rows *rows, struct fact *fact)
{
    int64_t created = db_int(rows, 2), started = db_int(rows, 3);
    fact->finished = true;
    fact->valued = true;
    fact->value = fact->at - created;
    fact->halved = !db_null(rows, 3);
    fact->waiting = fact->halved ? started - created : 0;
    fact->working = fact->halved ? fact->at - started : 0;
    fact->key[BY_CUSTOMER] = db_int(rows, 4);
    fact->key[BY_OBJECT] = db_int(rows, 5);
    fact->disordered = fact->value < 0 || fact->waiting < 0 || fact->working < 0;
    fact->key[BY_DURATION] = 1;
    while (fact->value >= duration_steps[fact->key[BY_DURATION]].below_us)
        fact->key[BY_DURATION]++;
}

static void add_throughput_details(struct sql *sql, struct visit *visit)
{
    (void)visit;
    sql_put(sql, "SELECT c.id, c.number, c.title, ty.key, ty.label_sv, ty.label_en, cu.number, cu.name, o.number,"
                 " o.name, c.created, c.started, c.finished, c.finished - c.created, c.started - c.created,"
                 " c.finished - c.started FROM cases c LEFT JOIN picklist_item ty ON ty.id = c.type_id"
                 " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id"
                 " WHERE c.id");
}

static const struct measure THROUGHPUT_FIGURES[] = {
    {MEASURE_COUNT, "count", _("Finished cases"), true},
    {MEASURE_MEDIAN, "median", _("Median"), true},
    {MEASURE_MEAN, "mean", _("Mean"), true},
    {MEASURE_P90, "percentile_90", _("90th percentile"), true},
    {MEASURE_WAITING, "waiting", _("Waiting (median)"), true},
    {MEASURE_WORKING, "working", _("Work (median)"), true},
};
static const struct measure THROUGHPUT_MEASURES[] = {
    {MEASURE_MEDIAN, "median", _("Median"), true},
    {MEASURE_P90, "percentile_90", _("90th percentile"), true},
    {MEASURE_MEAN, "mean", _("Mean"), false},
    {MEASURE_COUNT, "count", _("Finished cases"), false},
};
static const struct measure HALF_MEASURES[] = {
    {MEASURE_WAITING, "waiting", _("Waiting (median)"), true},
    {MEASURE_WORKING, "working", _("Work (median)"), true},
    {MEASURE_COUNT, "count", _("Finished cases"), false},
};
static const struct measure DISTRIBUTION_MEASURES[] = {{MEASURE_COUNT, "count", _("Finished cases"), true}};
static const struct measure OBJECT_MEASURES[] = {
    {MEASURE_MEDIAN, "median", _("Median"), true},
    {MEASURE_P90, "percentile_90", _("90th percentile"), false},
    {MEASURE_MEAN, "mean", _("Mean"), false},
    {MEASURE_WAITING, "waiting", _("Waiting (median)"), false},
    {MEASURE_WORKING, "working", _("Work (median)"), false},
    {MEASURE_COUNT, "count", _("Finished cases"), false},
};
static const struct chart THROUGHPUT_CHARTS[] = {
    {"time", BY_TIME, "line", _("Throughput time by when the case was finished"), _("Period"),
     MEASURES(THROUGHPUT_MEASURES)},
    {"distribution", BY_DURATION, "steps", _("How long the cases took"), _("Throughput time"),
     MEASURES(DISTRIBUTION_MEASURES)},
    {"halves", BY_TIME, "columns", _("Waiting and work"), _("Period"), MEASURES(HALF_MEASURES)},
    {"object", BY_OBJECT, "bars", _("By object"), _("Object"), MEASURES(OBJECT_MEASURES), .top = true},
};
static const struct board_column THROUGHPUT_COLUMNS[] = {
    {"number", _("Case number"), COLUMN_CASE, true},
    {"title", _("Title"), COLUMN_TEXT, true},
    {"type", _("Case type"), COLUMN_PICKLIST, false},
    {"customer", _("Customer"), COLUMN_REGISTER, false},
    {"object", _("Object"), COLUMN_REGISTER, true},
    {"created", _("Created"), COLUMN_INSTANT, true},
    {"started", _("Started"), COLUMN_INSTANT, false},
    {"finished", _("Finished"), COLUMN_INSTANT, true},
    {"throughput_time", _("Throughput time"), COLUMN_DURATION, true},
    {"waiting_time", _("Waiting"), COLUMN_DURATION, true},
    {"work_time", _("Work"), COLUMN_DURATION, true},
};

const struct board throughput_board = {
    .name = "throughput",
    .title = _("Throughput times"),
    .lead = _("From when a case was created to when it was finished, of cases finished in the period."),
    .rows_title = _("Cases behind the number"),
    .count_text = count_cases,
    .filters = FILTER_CUSTOMER | FILTER_OBJECT,
    .samples = true,
    .add_from = add_throughput_from,
    .add_columns = add_throughput_columns,
    .read = read_throughput,
    .figures = THROUGHPUT_FIGURES,
    .figure_count = COUNT_OF(THROUGHPUT_FIGURES),
    .charts = THROUGHPUT_CHARTS,
    .chart_count = COUNT_OF(THROUGHPUT_CHARTS),
    .add_details = add_throughput_details,
    .columns = THROUGHPUT_COLUMNS,
    .column_count = COUNT_OF(THROUGHPUT_COLUMNS),
};

/* --- article rows ------------------------------------------------------------------------------------------------- */

static void add_row_columns(struct sql *sql, struct visit *visit)
{
    sql_put(sql, "SELECT r.id, c.created, CASE WHEN ");
    visible_price(sql, &visit->actor, visit->config->prices);
    sql_put(sql, " THEN r.total END, r.action_code_id, c.customer_id, c.object_id, r.article_id,"
                 " CASE r.article_type WHEN 'material' THEN 1 WHEN 'travel' THEN 2 WHEN 'time' THEN 3"
                 " WHEN 'purchase' THEN 4 ELSE 5 END");
}

static void add_row_totals(struct sql *sql, struct visit *visit)
{
    sql_put(sql, "SELECT COUNT(*), 0, 0, COUNT(CASE WHEN ");
    visible_price(sql, &visit->actor, visit->config->prices);
    sql_put(sql, " THEN 1 END), CAST(COALESCE(SUM(CASE WHEN ");
    visible_price(sql, &visit->actor, visit->config->prices);
    sql_put(sql, " THEN r.total END), 0) AS BIGINT)");
}

static void add_row_from(struct sql *sql, struct visit *visit, const struct filter *filter, int64_t from_us,
                         int64_t to_us)
{
    sql_put(sql, " FROM ");
    add_cases(sql, &visit->actor, from_us, to_us);
    sql_put(sql, " JOIN cases c ON c.id = v.case_id JOIN article_row r ON r.case_id = c.id"
                 " WHERE r.status <> 'cancelled'");
    filter_conditions(sql, filter);
}

static void boards_read_row(const struct db_rows *rows, struct fact *fact)
{
    fact->valued = !db_null(rows, 2);
    fact->value = db_int(rows, 2);
    fact->key[BY_ACTION_CODE] = db_int(rows, 3);
    fact->key[BY_CUSTOMER] = db_int(rows, 4);
    fact->key[BY_OBJECT] = db_int(rows, 5);
    fact->key[BY_ARTICLE] = db_int(rows, 6);
    fact->key[BY_ARTICLE_TYPE] = db_int(rows, 7);
}

static void add_row_details(struct sql *sql, struct visit *visit)
{
    sql_put(sql, "SELECT r.id, r.number, c.number, w.number, a.number, a.name, r.row_date,"
                 " COALESCE(NULLIF(r.title, ''), a.name), r.description, ac.key, ac.label_sv, ac.label_en,"
                 " r.article_type, r.quantity, COALESCE(NULLIF(r.unit, ''), a.unit), CASE WHEN ");
    visible_price(sql, &visit->actor, visit->config->prices);
    sql_put(sql, " THEN r.unit_price END, CASE WHEN ");
    visible_price(sql, &visit->actor, visit->config->prices);
    sql_put(sql, " THEN r.discount END, CASE WHEN ");
    visible_price(sql, &visit->actor, visit->config->prices);
    sql_put(sql, " THEN r.total END, r.resource, cu.number, cu.name, o.number, o.name FROM article_row r"
                 " JOIN cases c ON c.id = r.case_id LEFT JOIN work_order w ON w.id = r.work_order_id"
                 " LEFT JOIN article a ON a.id = r.article_id LEFT JOIN picklist_item ac ON ac.id = r.action_code_id"
                 " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id"
                 " WHERE r.id");
}

static const struct measure ROW_MEASURES[] = {
    {MEASURE_SUM, "total", _("Sum (excl. VAT)"), true},
    {MEASURE_COUNT, "count", _("Rows"), false},
};
static const struct chart ROW_CHARTS[] = {
    {"time", BY_TIME, "columns", _("Sum by when the case was registered"), _("Period"), MEASURES(ROW_MEASURES)},
    {"article_type", BY_ARTICLE_TYPE, "bars", _("By article type"), _("Article type"), MEASURES(ROW_MEASURES)},
    {"action_code", BY_ACTION_CODE, "bars", _("By action code"), _("Action code"), MEASURES(ROW_MEASURES), .top = true},
    {"object", BY_OBJECT, "bars", _("By object"), _("Object"), MEASURES(ROW_MEASURES), .top = true},
    {"article", BY_ARTICLE, "bars", _("By article"), _("Article"), MEASURES(ROW_MEASURES), .top = true},
};
static const struct board_column ROW_COLUMNS[] = {
    {"number", _("Row number"), COLUMN_TEXT, false},
    {"case", _("Case number"), COLUMN_CASE, true},
    {"work_order", _("Work order"), COLUMN_TEXT, false},
    {"article", _("Article"), COLUMN_REGISTER, false},
    {"date", _("Date"), COLUMN_DATE, true},
    {"title", _("Title"), COLUMN_TEXT, true},
    {"description", _("Description"), COLUMN_TEXT, false},
    {"action_code", _("Action code"), COLUMN_PICKLIST, true},
    {"article_type", _("Article type"), COLUMN_ARTICLE_TYPE, true},
    {"quantity", _("Quantity"), COLUMN_DECIMAL, true},
    {"unit", _("Unit"), COLUMN_TEXT, true},
    {"unit_price", _("Unit price"), COLUMN_PRICE, true},
    {"discount", _("Discount"), COLUMN_PERCENT, true},
    {"total", _("Total (excl. VAT)"), COLUMN_MONEY, true},
    {"resource", _("Technician"), COLUMN_TEXT, false},
    {"customer", _("Customer"), COLUMN_REGISTER, false},
    {"object", _("Object"), COLUMN_REGISTER, false},
};

const struct board row_board = {
    .name = "article-rows",
    .title = _("Article rows"),
    .lead = _("Article rows of cases created in the period, with the prices you may see. Cancelled rows are left out."),
    .rows_title = _("Article rows behind the number"),
    .count_text = count_rows,
    .filters = FILTER_CUSTOMER | FILTER_OBJECT | FILTER_ACTION_CODE | FILTER_ARTICLE_TYPE,
    .money = true,
    .add_from = add_row_from,
    .add_columns = add_row_columns,
    .read = boards_read_row,
    .add_totals = add_row_totals,
    .figures = ROW_MEASURES,
    .figure_count = COUNT_OF(ROW_MEASURES),
    .charts = ROW_CHARTS,
    .chart_count = COUNT_OF(ROW_CHARTS),
    .add_details = add_row_details,
    .columns = ROW_COLUMNS,
    .column_count = COUNT_OF(ROW_COLUMNS),
};
