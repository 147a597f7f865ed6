#include "customer/dashboards/rows.h"

#include "access/visibility.h"
#include "customer/dashboards/chart.h"
#include "customer/dashboards/dashboards.html.h"
#include "customer/dashboards/page.h"
#include "model/article_row_fields.h"
#include "model/case_fields.h"
#include "model/choice_criterion.h"
#include "model/work_order_fields.h"
#include "parts/case_card/case_card.h"

/* --- the rows of a selection -------------------------------------------------------------------------------------- */

struct figure_rows {
    struct board_request request;
    struct selection selection;
    struct group total;
};

/* The selection is read once and used for the page and its count. */
static bool figure_rows_read(struct list_query *query, struct figure_rows **rows, struct err *err)
{
    *rows = query->kept;
    if (*rows)
        return true;
    *rows = query->kept = ARENA_NEW(query->visit->arena, struct figure_rows);
    board_request_fill(&(*rows)->request, query);
    return selection_read(&(*rows)->request, &(*rows)->selection, err);
}

static bool rows_count(struct list_query *query, int64_t *total, struct err *err)
{
    struct figure_rows *rows;
    if (!figure_rows_read(query, &rows, err))
        return false;
    const struct period *period = &rows->request.period;
    if (!facts_total(&rows->request, period->start_us, period->end_us, &rows->selection, &rows->total, err))
        return false;
    *total = rows->total.count;
    if (!*total && dimensions[rows->selection.by].names_literal && rows->selection.name.code.n)
        rows->selection.name.label = rows->selection.name.code; /* a group that is not visible shows no name */
    return true;
}

/* The facts are cut to a page before the rest of each row is read. */
static bool rows_source(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err)
{
    struct visit *visit = query->visit;
    struct figure_rows *rows;
    (void)nothing;
    if (!figure_rows_read(query, &rows, err))
        return false;
    const struct board *board = rows->request.board;
    const struct period *period = &rows->request.period;
    sql_put(sql, "(SELECT p.id, p.at, p.number, p.priced FROM (SELECT {} AS id, {} AS at, {} AS number, ",
            SQL(board->id_literal), SQL(board->at_literal), SQL(board->number_literal));
    if (board->money) {
        sql_put(sql, "CASE WHEN ");
        visible_price(sql, &visit->actor, visit->config->prices);
        sql_put(sql, " THEN 1 END");
    } else {
        sql_put(sql, "0");
    }
    sql_put(sql, " AS priced");
    facts_add_from(sql, &rows->request, period->start_us, period->end_us);
    facts_add_selection(sql, &rows->request, &rows->selection);
    sql_put(sql, ") p WHERE 1 = 1");
    list_add_place(sql, query);
    if (limit) {
        list_add_order(sql, query);
        sql_put(sql, " LIMIT ?", DB_INT(limit));
    }
    sql_put(sql, ") p CROSS JOIN {}", SQL(query->list->from_literal));
    visible_seen_object(sql, &visit->actor);
    sql_put(sql, " WHERE {} = p.id", SQL(board->id_literal));
    list_add_order(sql, query);
    return true;
}

/* --- around the rows ---------------------------------------------------------------------------------------------- */

/* Returns `Object: Storgatan 1 · Finished`; empty when all rows are selected. */
static struct str selection_text(const struct figure_rows *rows)
{
    static const struct msgid *const STATES[] = {NULL, _("Finished"), _("Not finished"), _("Start known")},
                                     *const ORDER_STATES[] = {NULL, _("Finished (work order)"),
                                                              _("Not finished (work order)"), NULL};
    const struct selection *selection = &rows->selection;
    const struct board *board = rows->request.board;
    struct visit *visit = rows->request.visit;
    bool orders = board->statuses == &work_order_statuses;
    struct str state = visit_tr(visit, (orders ? ORDER_STATES : STATES)[selection->state]);
    struct buf text;
    buf_init(&text, visit->arena);
    for (size_t i = 0; selection->grouped && i < board->chart_count && !text.n; i++) {
        struct str head = visit_tr(visit, board->charts[i].head);
        if (board->charts[i].by == selection->by)
            buf_printf(&text, "%.*s: %.*s", STR_FMT(head), STR_FMT(selection->name.label));
    }
    if (state.n)
        buf_printf(&text, "%s%.*s", text.n ? " · " : "", STR_FMT(state));
    return buf_text(&text);
}

static bool rows_lead_write(struct list_query *query, struct err *err)
{
    struct visit *visit = query->visit;
    const struct figure_rows *rows = query->kept;
    (void)err;
    if (!rows) /* the address has a fault */
        return true;
    const struct board_request *request = &rows->request;
    rows_lead_html(&visit->response->body, &visit->view,
                   board_address(visit->arena, request->board, "", request->params),
                   visit_tr(visit, query->list->rows_title), selection_text(rows), board_period_text(request),
                   board_criteria_text(visit, query->view));
    return true;
}

static bool price_note_write(struct list_query *query, bool begin, struct err *err)
{
    struct visit *visit = query->visit;
    const struct figure_rows *rows = query->kept;
    (void)err;
    if (begin && rows->request.board->money && rows->total.valued)
        board_note_html(&visit->response->body, &visit->view, board_price_note(visit, &rows->total));
    return true;
}

/* Returns `4 rows · Sum (excl. VAT): 234.18 kr`. */
static struct str rows_summary(struct list_query *query, struct str counted)
{
    struct visit *visit = query->visit;
    const struct figure_rows *rows = query->kept;
    if (!rows->request.board->money || !rows->total.valued)
        return counted;
    struct str label = visit_tr(visit, _("Sum (excl. VAT)")), sum = measure_text(visit, MEASURE_SUM, &rows->total);
    return arena_printf(visit->arena, "%.*s · %.*s: %.*s", STR_FMT(counted), STR_FMT(label), STR_FMT(sum));
}

/* --- criteria ----------------------------------------------------------------------------------------------------- */

static bool rows_fill_customer(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    if (may_choose_customer(&visit->actor))
        return cases_criterion_customer(visit, value, one, err);
    one->field.label = STR_NONE;
    return true;
}

static bool rows_fill_object(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    if (may_choose_object(&visit->actor))
        return cases_criterion_object(visit, value, one, err);
    one->field.label = STR_NONE;
    return true;
}

static bool rows_fill_type(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    return cases_criterion_picklist(visit, "case_type", *value, one, err);
}

static bool rows_fill_order_type(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    return cases_criterion_picklist(visit, "work_order_type", *value, one, err);
}

static bool rows_fill_action_code(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    return cases_criterion_picklist(visit, "action_code", *value, one, err);
}

/* In the order of enum board_criterion. The SQL of facts has the period itself. */
#define SHARED_CRITERIA                                                                                                \
    {.name = "from", .label = _("From"), .kind = LIST_FROM, .preset = period_first_day},                               \
        {.name = "to", .label = _("To"), .kind = LIST_TO, .preset = period_last_day},                                  \
        {.name = "customer",                                                                                           \
         .label = _("Customer"),                                                                                       \
         .kind = LIST_BY_CHOICE,                                                                                       \
         .literal = " AND c.customer_id = (SELECT id FROM customer WHERE number = ?)",                                 \
         .fill = rows_fill_customer},                                                                                  \
    {                                                                                                                  \
        .name = "object", .label = _("Object"), .kind = LIST_BY_CHOICE,                                                \
        .literal = " AND c.object_id = (SELECT id FROM object WHERE number = ?)", .fill = rows_fill_object             \
    }
/* The selection, which has no fields in the form. */
#define SELECTION_CRITERIA                                                                                             \
    {.name = "by", .kind = LIST_BY_NUMBER}, {.name = "is", .kind = LIST_BY_NUMBER},                                    \
        {.name = "others", .kind = LIST_BY_NUMBER},                                                                    \
    {                                                                                                                  \
        .name = "state", .kind = LIST_BY_NUMBER                                                                        \
    }
#define ITEM_OF "(SELECT id FROM picklist_item WHERE key = ? AND list = "

static const struct list_criterion CASE_CRITERIA[] = {
    SHARED_CRITERIA,
    {.name = "type",
     .label = _("Case type"),
     .kind = LIST_BY_CHOICE,
     .literal = " AND c.type_id = " ITEM_OF "'case_type')",
     .fill = rows_fill_type},
    SELECTION_CRITERIA,
};
static const struct list_criterion ORDER_CRITERIA[] = {
    SHARED_CRITERIA,
    {.name = "work_order_type",
     .label = _("Work order type"),
     .kind = LIST_BY_CHOICE,
     .literal = " AND w.type_id = " ITEM_OF "'work_order_type')",
     .fill = rows_fill_order_type},
    SELECTION_CRITERIA,
};
static const struct list_criterion THROUGHPUT_CRITERIA[] = {SHARED_CRITERIA, SELECTION_CRITERIA};
static const struct list_criterion ROW_CRITERIA[] = {
    SHARED_CRITERIA,
    {.name = "action_code",
     .label = _("Action code"),
     .kind = LIST_BY_CHOICE,
     .literal = " AND r.action_code_id = " ITEM_OF "'action_code')",
     .fill = rows_fill_action_code},
    {.name = "article_type",
     .label = _("Article type"),
     .kind = LIST_BY_CODE,
     .codes = &article_types,
     .literal = " AND r.article_type = ?"},
    SELECTION_CRITERIA,
};

/* --- the lists ---------------------------------------------------------------------------------------------------- */

static const struct list_order ORDERS[] = {
    {.keys = {{"p.at", LIST_KEY_NUMBER, LIST_KEY_ALONG},
              {"p.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_UP},
              {"p.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
};

#define NUMBER_AND_NAME(alias)                                                                                         \
    .flags = LIST_WITH_NAME, .kind = LIST_PAIR, .literal = alias ".number", .second_literal = alias ".name"
#define OBJECT_NUMBER_AND_NAME NUMBER_AND_NAME("o"), .path = "/objects", .link_literal = "seen.id"
#define NUMBER_AND_NAME_FILED(alias)                                                                                   \
    .flags = LIST_WITH_NAME | LIST_NO_PAGE, .kind = LIST_PAIR, .literal = alias ".number",                             \
    .second_literal = alias ".name"
#define IF_PRICED "CASE WHEN p.priced = 1 THEN "

static const struct list_column CASE_COLUMNS[] = {
    {CASE_CARD_COLUMN},
    {.name = "number", .kind = LIST_LINK, .literal = "c.number", .path = "/cases"},
    {.name = "title", .flags = LIST_NO_PAGE, .literal = "c.title"},
    {.name = "status", .kind = LIST_STATE, .literal = "c.status"},
    {.name = "type", .flags = LIST_WITH_NAME, LIST_PICKLIST("ty")},
    {.name = "priority", .flags = LIST_WITH_NAME | LIST_NO_PAGE, LIST_PICKLIST("pr")},
    {.name = "customer", NUMBER_AND_NAME("cu")},
    {.name = "object", OBJECT_NUMBER_AND_NAME},
    {.name = "created", .kind = LIST_INSTANT, .literal = "c.created"},
    {.name = "started", .kind = LIST_INSTANT, .flags = LIST_NO_PAGE, .literal = "c.started"},
    {.name = "finished", .kind = LIST_INSTANT, .literal = "c.finished"},
};
static const struct list_column ORDER_COLUMNS[] = {
    {.name = "number", .label = _("Work order"), .literal = "w.number"},
    {.name = "case", .label = _("Case number"), .kind = LIST_LINK, .literal = "c.number", .path = "/cases"},
    {.name = "title", .literal = "w.title"},
    {.name = "work_order_type", .label = _("Work order type"), .flags = LIST_WITH_NAME, LIST_PICKLIST("ty")},
    {.name = "status", .kind = LIST_STATE, .literal = "w.status"},
    {.name = "resource", .flags = LIST_NO_PAGE, .literal = "w.resource"},
    {.name = "customer", .label = _("Customer"), NUMBER_AND_NAME_FILED("cu")},
    {.name = "object", .label = _("Object"), OBJECT_NUMBER_AND_NAME},
    {.name = "booked_from", .kind = LIST_INSTANT, .flags = LIST_NO_PAGE, .literal = "w.booked_from"},
    {.name = "booked_to", .kind = LIST_INSTANT, .literal = "w.booked_to"},
    {.name = "created", .kind = LIST_INSTANT, .literal = "w.created"},
    {.name = "started", .kind = LIST_INSTANT, .flags = LIST_NO_PAGE, .literal = "w.started"},
    {.name = "finished", .kind = LIST_INSTANT, .literal = "w.finished"},
};
static const struct list_column THROUGHPUT_COLUMNS[] = {
    {CASE_CARD_COLUMN},
    {.name = "number", .kind = LIST_LINK, .literal = "c.number", .path = "/cases"},
    {.name = "title", .flags = LIST_NO_PAGE, .literal = "c.title"},
    {.name = "type", .flags = LIST_WITH_NAME | LIST_NO_PAGE, LIST_PICKLIST("ty")},
    {.name = "customer", NUMBER_AND_NAME_FILED("cu")},
    {.name = "object", OBJECT_NUMBER_AND_NAME},
    {.name = "created", .kind = LIST_INSTANT, .literal = "c.created"},
    {.name = "started", .kind = LIST_INSTANT, .flags = LIST_NO_PAGE, .literal = "c.started"},
    {.name = "finished", .kind = LIST_INSTANT, .literal = "c.finished"},
    {.name = "throughput_time",
     .label = _("Throughput time"),
     .kind = LIST_DURATION,
     .literal = "c.finished - c.created"},
    {.name = "waiting_time", .label = _("Waiting"), .kind = LIST_DURATION, .literal = "c.started - c.created"},
    {.name = "work_time", .label = _("Work"), .kind = LIST_DURATION, .literal = "c.finished - c.started"},
};
static const struct list_column ROW_COLUMNS[] = {
    {.name = "number", .flags = LIST_NO_PAGE, .literal = "r.number"},
    {.name = "case", .label = _("Case number"), .kind = LIST_LINK, .literal = "c.number", .path = "/cases"},
    {.name = "work_order", .flags = LIST_NO_PAGE, .literal = "w.number"},
    {.name = "article", NUMBER_AND_NAME_FILED("a")},
    {.name = "date", .kind = LIST_DATE, .literal = "r.row_date"},
    {.name = "title", .literal = "COALESCE(NULLIF(r.title, ''), a.name)"},
    {.name = "description", .flags = LIST_NO_PAGE, .literal = "r.description"},
    {.name = "action_code", .flags = LIST_WITH_NAME, LIST_PICKLIST("ac")},
    {.name = "article_type", .kind = LIST_CODE, .literal = "r.article_type"},
    {.name = "quantity", .kind = LIST_DECIMAL, .literal = "r.quantity"},
    {.name = "unit", .literal = "COALESCE(NULLIF(r.unit, ''), a.unit)"},
    {.name = "unit_price", .kind = LIST_PRICE, .literal = IF_PRICED "r.unit_price END"},
    {.name = "discount", .kind = LIST_PERCENT, .literal = IF_PRICED "r.discount END"},
    {.name = "total", .label = _("Total (excl. VAT)"), .kind = LIST_MONEY, .literal = IF_PRICED "r.total END"},
    {.name = "resource", .flags = LIST_NO_PAGE, .literal = "r.resource"},
    {.name = "customer", .label = _("Customer"), NUMBER_AND_NAME_FILED("cu")},
    {.name = "object", .label = _("Object"), NUMBER_AND_NAME_FILED("o")},
};

#define CASE_JOINS                                                                                                     \
    " LEFT JOIN picklist_item ty ON ty.id = c.type_id LEFT JOIN customer cu ON cu.id = c.customer_id"                  \
    " LEFT JOIN object o ON o.id = c.object_id"
#define ROWS_OF(columns_, criteria_)                                                                                   \
    .columns = columns_, .column_count = COUNT_OF(columns_), .criteria = criteria_,                                    \
    .criterion_count = COUNT_OF(criteria_), .formless = true, .orders = ORDERS, .order_count = COUNT_OF(ORDERS),       \
    .page_size = 50, .match_title = _("This figure has no rows any more"),                                             \
    .match_text = _("Cases change. The dashboard shows the figures of today."), .source = rows_source,                 \
    .count = rows_count, .before = rows_lead_write, .around = price_note_write, .summary = rows_summary

const struct list case_rows = {
    .name = "cases",
    .path = "/dashboards/cases/rows",
    .title = _("Cases in the figure"),
    .rows_title = _("Cases"),
    .one = _("{n} case"),
    .many = _("{n} cases"),
    .table_class = CASE_CARD_TABLE,
    .entity = &case_entity,
    .from_literal = "cases c" CASE_JOINS " LEFT JOIN picklist_item pr ON pr.id = c.priority_id",
    ROWS_OF(CASE_COLUMNS, CASE_CRITERIA),
};

const struct list order_rows = {
    .name = "work-orders",
    .path = "/dashboards/work-orders/rows",
    .title = _("Work orders in the figure"),
    .rows_title = _("Work orders"),
    .one = _("{n} work order"),
    .many = _("{n} work orders"),
    .entity = &work_order_entity,
    .from_literal = "work_order w JOIN cases c ON c.id = w.case_id LEFT JOIN picklist_item ty ON ty.id = w.type_id"
                    " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id",
    ROWS_OF(ORDER_COLUMNS, ORDER_CRITERIA),
};

const struct list throughput_rows = {
    .name = "throughput",
    .path = "/dashboards/throughput/rows",
    .title = _("Cases in the figure"),
    .rows_title = _("Throughput times"),
    .one = _("{n} case"),
    .many = _("{n} cases"),
    .table_class = CASE_CARD_TABLE,
    .entity = &case_entity,
    .from_literal = "cases c" CASE_JOINS,
    ROWS_OF(THROUGHPUT_COLUMNS, THROUGHPUT_CRITERIA),
};

const struct list row_rows = {
    .name = "article-rows",
    .path = "/dashboards/article-rows/rows",
    .title = _("Article rows in the figure"),
    .rows_title = _("Article rows"),
    .one = _("{n} row"),
    .many = _("{n} rows"),
    .entity = &article_row_entity,
    .from_literal = "article_row r JOIN cases c ON c.id = r.case_id LEFT JOIN work_order w ON w.id = r.work_order_id"
                    " LEFT JOIN article a ON a.id = r.article_id LEFT JOIN picklist_item ac ON ac.id = r.action_code_id"
                    " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id",
    ROWS_OF(ROW_COLUMNS, ROW_CRITERIA),
};

/* --- handlers ----------------------------------------------------------------------------------------------------- */

bool rows_page(struct visit *visit, struct err *err)
{
    struct board_request request;
    if (!board_request_read(&request, visit, err))
        return false;
    if (request.faulty) /* the dashboard says what is wrong */
        return visit_redirect(visit, arena_printf(visit->arena, "/dashboards/%s?%.*s", request.board->rows->name,
                                                  STR_FMT(visit->request->query_text)));
    return list_page(visit, request.board->rows, err);
}

bool rows_csv(struct visit *visit, struct err *err)
{
    struct board_request request;
    struct str id = http_param(&visit->request->query, "chart");
    if (!board_request_read(&request, visit, err))
        return false;
    return id.n ? chart_csv(&request, id, err) : list_csv(visit, request.board->rows, err);
}

bool rows_xlsx(struct visit *visit, struct err *err)
{
    struct board_request request;
    return board_request_read(&request, visit, err) && list_xlsx(visit, request.board->rows, err);
}
