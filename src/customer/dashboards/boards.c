/* The content of the four dashboards (domain 8). */
#include "customer/dashboards/rows.h"
#include "model/time_order.h"

#define MEASURES(array) .measures = array, .measure_count = COUNT_OF(array)
#define FIGURES(array) .figures = array, .figure_count = COUNT_OF(array)
#define CHARTS(array) .charts = array, .chart_count = COUNT_OF(array)

/* SQL of a number that facts of a dashboard do not have. */
#define NO_NUMBER "CAST(NULL AS BIGINT)"

const struct board *const boards[BOARDS] = {&case_board, &order_board, &throughput_board, &row_board};

/* --- cases -------------------------------------------------------------------------------------------------------- */

static const struct measure STATE_MEASURES[] = {
    {MEASURE_COUNT, "count", _("Created (several)"), false},
    {MEASURE_FINISHED, "finished", _("Finished (several)"), true},
    {MEASURE_OPEN, "open", _("Not finished (several)"), true},
};
static const struct measure COUNT_MEASURES[] = {{MEASURE_COUNT, "count", _("Count"), true}};
static const struct chart CASE_CHARTS[] = {
    {"time", BY_TIME, "stack", _("Created (several)"), _("Period"), MEASURES(STATE_MEASURES)},
    {"type", BY_TYPE, "bars-stack", _("By case type"), _("Case type"), MEASURES(STATE_MEASURES)},
    {"status", BY_STATUS, "bars", _("By status"), _("Status"), MEASURES(COUNT_MEASURES)},
    {"customer", BY_CUSTOMER, "bars-stack", _("By customer"), _("Customer"), MEASURES(STATE_MEASURES), .top = true},
    {"object", BY_OBJECT, "bars-stack", _("By object"), _("Object"), MEASURES(STATE_MEASURES), .top = true},
};

const struct board case_board = {
    .rows = &case_rows,
    .lead = _("Cases created in the period."),
    .from_literal = "cases c ON c.id = v.case_id WHERE 1 = 1",
    .id_literal = "c.id",
    .at_literal = "c.created",
    .number_literal = "c.number",
    .finished_literal = "c.status = " CASE_FINISHED_SQL,
    .value_literal = NO_NUMBER,
    .key_literals = {[BY_TYPE] = "c.type_id",
                     [BY_STATUS] = "c.status + 1",
                     [BY_CUSTOMER] = "c.customer_id",
                     [BY_OBJECT] = "c.object_id"},
    .type_list = "case_type",
    .statuses = &case_statuses,
    FIGURES(STATE_MEASURES),
    CHARTS(CASE_CHARTS),
};

/* --- work orders -------------------------------------------------------------------------------------------------- */

static const struct code PUNCTUALITY_NAMES[] = {
    {"on_time", _("Finished on time")},
    {"late", _("Finished late")},
    {"not_booked", _("Finished without booking")},
    {"not_finished", _("Not finished (work order)")},
};
const struct code_list punctuality_codes = {PUNCTUALITY_NAMES, COUNT_OF(PUNCTUALITY_NAMES)};

static const struct measure ORDER_FIGURES[] = {
    {MEASURE_COUNT, "count", _("Created (several)"), true},
    {MEASURE_FINISHED, "finished", _("Finished (several)"), true},
    {MEASURE_ON_TIME, "on_time", _("Finished on time (several)"), true},
    {MEASURE_OPEN, "open", _("Not finished (several)"), true},
};
static const struct chart ORDER_CHARTS[] = {
    {"time", BY_TIME, "stack", _("Created (several)"), _("Period"), MEASURES(STATE_MEASURES)},
    {"type", BY_TYPE, "bars-stack", _("By work order type"), _("Work order type"), MEASURES(STATE_MEASURES)},
    {"status", BY_STATUS, "bars", _("By status"), _("Status"), MEASURES(COUNT_MEASURES)},
    {"punctuality", BY_PUNCTUALITY, "bars", _("Finished within the booking"), _("Outcome"), MEASURES(COUNT_MEASURES)},
    {"customer", BY_CUSTOMER, "bars-stack", _("By customer"), _("Customer"), MEASURES(STATE_MEASURES), .top = true},
    {"object", BY_OBJECT, "bars-stack", _("By object"), _("Object"), MEASURES(STATE_MEASURES), .top = true},
};

const struct board order_board = {
    .rows = &order_rows,
    .lead = _("Work orders created in the period."),
    .event = EVENT_WORK_ORDER_CREATED,
    .from_literal = "work_order w ON w.id = v.work_order_id JOIN cases c ON c.id = v.case_id WHERE 1 = 1",
    .id_literal = "w.id",
    .at_literal = "w.created",
    .number_literal = "w.number",
    .finished_literal = "w.status = " WORK_ORDER_FINISHED_SQL,
    .disordered_literal = WORK_ORDER_DISORDERED,
    .value_literal = NO_NUMBER,
    .key_literals = {[BY_TYPE] = "w.type_id",
                     [BY_STATUS] = "w.status + 1",
                     [BY_CUSTOMER] = "c.customer_id",
                     [BY_OBJECT] = "c.object_id",
                     [BY_PUNCTUALITY] = "CASE WHEN w.status <> " WORK_ORDER_FINISHED_SQL " THEN 4"
                                        " WHEN w.finished <= w.booked_to THEN 1 WHEN w.finished > w.booked_to THEN 2"
                                        " ELSE 3 END"},
    .type_list = "work_order_type",
    .statuses = &work_order_statuses,
    FIGURES(ORDER_FIGURES),
    CHARTS(ORDER_CHARTS),
};

/* --- throughput --------------------------------------------------------------------------------------------------- */

static const struct code DURATION_NAMES[DURATION_STEPS] = {
    {"0-4h", _("under 4 hours")}, {"4-8h", _("4 to 8 hours")}, {"8-24h", _("8 to 24 hours")},
    {"1-2d", _("1 to 2 days")},   {"2-4d", _("2 to 4 days")},  {"4-7d", _("4 to 7 days")},
    {"1-2w", _("1 to 2 weeks")},  {"2-4w", _("2 to 4 weeks")}, {"4w-", _("4 weeks or more")},
};
const struct code_list duration_codes = {DURATION_NAMES, DURATION_STEPS};

#define HOURS(n) (INT64_C(3600000000) * (n))
const int64_t duration_ends[DURATION_STEPS] = {
    HOURS(4), HOURS(8), HOURS(24), HOURS(48), HOURS(96), HOURS(168), HOURS(336), HOURS(672), INT64_MAX,
};

static const struct measure THROUGHPUT_FIGURES[] = {
    {MEASURE_COUNT, "count", _("Finished cases"), true},
    {MEASURE_MEDIAN, "median", _("Half finished within"), true},
    {MEASURE_MEAN, "mean", _("On average"), true},
    {MEASURE_P90, "percentile_90", _("9 of 10 finished within"), true},
    {MEASURE_WAITING, "waiting", _("Typical wait"), true},
    {MEASURE_WORKING, "working", _("Typical work"), true},
};
static const struct measure THROUGHPUT_MEASURES[] = {
    {MEASURE_MEDIAN, "median", _("Half finished within"), true},
    {MEASURE_P90, "percentile_90", _("9 of 10 finished within"), true},
    {MEASURE_MEAN, "mean", _("On average"), false},
    {MEASURE_COUNT, "count", _("Finished cases"), false},
};
static const struct measure HALF_MEASURES[] = {
    {MEASURE_WAITING, "waiting", _("Typical wait"), true},
    {MEASURE_WORKING, "working", _("Typical work"), true},
    {MEASURE_COUNT, "count", _("Finished cases"), false},
};
static const struct measure DISTRIBUTION_MEASURES[] = {{MEASURE_COUNT, "count", _("Finished cases"), true}};
static const struct measure OBJECT_MEASURES[] = {
    {MEASURE_MEDIAN, "median", _("Half finished within"), true},
    {MEASURE_P90, "percentile_90", _("9 of 10 finished within"), false},
    {MEASURE_MEAN, "mean", _("On average"), false},
    {MEASURE_WAITING, "waiting", _("Typical wait"), false},
    {MEASURE_WORKING, "working", _("Typical work"), false},
    {MEASURE_COUNT, "count", _("Finished cases"), false},
};
static const struct chart THROUGHPUT_CHARTS[] = {
    {"time", BY_TIME, "line", _("Throughput time"), _("Period"), MEASURES(THROUGHPUT_MEASURES)},
    {"distribution", BY_DURATION, "steps", _("How long the cases took"), _("Throughput time"),
     MEASURES(DISTRIBUTION_MEASURES)},
    {"halves", BY_TIME, "columns", _("Waiting and work"), _("Period"), MEASURES(HALF_MEASURES)},
    {"object", BY_OBJECT, "bars", _("By object"), _("Object"), MEASURES(OBJECT_MEASURES), .top = true},
};

const struct board throughput_board = {
    .rows = &throughput_rows,
    .lead = _("From when a case was created to when it was finished, of cases finished in the period."),
    .event = EVENT_CASE_FINISHED,
    .from_literal = "cases c ON c.id = v.case_id WHERE 1 = 1",
    .id_literal = "c.id",
    .at_literal = "c.finished",
    .number_literal = "c.number",
    .finished_literal = "1 = 1",
    .disordered_literal = CASE_DISORDERED,
    .value_literal = "c.finished - c.created",
    .waiting_literal = "c.started - c.created",
    .working_literal = "c.finished - c.started",
    .key_literals = {[BY_CUSTOMER] = "c.customer_id", [BY_OBJECT] = "c.object_id"},
    .samples = true,
    FIGURES(THROUGHPUT_FIGURES),
    CHARTS(THROUGHPUT_CHARTS),
};

/* --- article rows ------------------------------------------------------------------------------------------------- */

static const struct measure ROW_MEASURES[] = {
    {MEASURE_SUM, "total", _("Sum (excl. VAT)"), true},
    {MEASURE_COUNT, "count", _("Rows"), false},
};
static const struct chart ROW_CHARTS[] = {
    {"time", BY_TIME, "columns", NULL, _("Period"), MEASURES(ROW_MEASURES)},
    {"article_type", BY_ARTICLE_TYPE, "bars", _("{1} by article type"), _("Article type"), MEASURES(ROW_MEASURES)},
    {"action_code", BY_ACTION_CODE, "bars", _("{1} by action code"), _("Action code"), MEASURES(ROW_MEASURES),
     .top = true},
    {"article", BY_ARTICLE, "bars", _("{1} by article"), _("Article"), MEASURES(ROW_MEASURES), .top = true},
    {"object", BY_OBJECT, "bars", _("{1} by object"), _("Object"), MEASURES(ROW_MEASURES), .top = true},
};

const struct board row_board = {
    .rows = &row_rows,
    .lead = _("Article rows of cases created in the period. Cancelled rows are left out."),
    .from_literal = "cases c ON c.id = v.case_id JOIN article_row r ON r.case_id = c.id WHERE r.status <> 'cancelled'",
    .id_literal = "r.id",
    .at_literal = "c.created",
    .number_literal = "r.number",
    .finished_literal = "1 = 0",
    .key_literals = {[BY_CUSTOMER] = "c.customer_id",
                     [BY_OBJECT] = "c.object_id",
                     [BY_ARTICLE_TYPE] = "CASE r.article_type WHEN 'material' THEN 1 WHEN 'travel' THEN 2"
                                         " WHEN 'time' THEN 3 WHEN 'purchase' THEN 4 ELSE 5 END",
                     [BY_ACTION_CODE] = "r.action_code_id",
                     [BY_ARTICLE] = "r.article_id"},
    .money = true,
    FIGURES(ROW_MEASURES),
    CHARTS(ROW_CHARTS),
};
