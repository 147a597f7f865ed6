#include "customer/actions/actions.h"

#include "access/visibility.h"
#include "customer/actions/actions.html.h"
#include "model/case.h"

/* A row without its own title or unit gets those of its article, so that the row says what it is about. */
static const struct list_column COLUMNS[] = {
    {.name = "number", .label = _("Row number"), .literal = "r.number"},
    {.name = "date", .label = _("Date"), .kind = LIST_DATE, .literal = "r.row_date"},
    {.name = "work_order", .label = _("Work order"), .literal = "w.number"},
    {.name = "article", .label = _("Article"), .literal = "a.number"},
    {.name = "title", .label = _("Title"), .literal = "COALESCE(NULLIF(r.title, ''), a.name)"},
    {.name = "description", .label = _("Description"), .literal = "r.description"},
    {.name = "action_code", .label = _("Action code"), LIST_PICKLIST("ac")},
    {.name = "article_type",
     .label = _("Article type"),
     .kind = LIST_CODE,
     .codes = &article_types,
     .literal = "r.article_type"},
    {.name = "quantity", .label = _("Quantity"), .kind = LIST_DECIMAL, .literal = "r.quantity"},
    {.name = "unit", .label = _("Unit"), .literal = "COALESCE(NULLIF(r.unit, ''), a.unit)"},
    {.name = "unit_price", .label = _("Unit price"), .kind = LIST_PRICE, .literal = "r.unit_price"},
    {.name = "discount", .label = _("Discount"), .kind = LIST_PERCENT, .literal = "r.discount"},
    {.name = "total", .label = _("Total (excl. VAT)"), .kind = LIST_MONEY, .flags = LIST_SUMMED, .literal = "r.total"},
    {.name = "status", .label = _("Row status"), .kind = LIST_CODE, .codes = &row_statuses, .literal = "r.status"},
    {.name = "resource", .label = _("Technician"), .literal = "r.resource"},
};
static const struct list_order ORDERS[] = {
    {.keys = {{"r.row_date", LIST_KEY_TEXT, LIST_KEY_UP}, {"r.id", LIST_KEY_NUMBER, LIST_KEY_UP}}},
};

static size_t configured_actions(const struct visit *visit, const struct str **names)
{
    *names = visit->config->action_columns.items;
    return visit->config->action_columns.count;
}

static bool action_is_no_price(const struct visit *visit, struct str name)
{
    (void)visit;
    return !str_eqz(name, "unit_price") && !str_eqz(name, "discount") && !str_eqz(name, "total");
}

static void actions_add(struct sql *sql, const struct list_query *query)
{
    const struct actions_case *of = query->context;
    sql_put(sql, "r.case_id = ? AND r.status <> 'cancelled'", DB_INT(of->id));
}

static bool actions_begin(struct list_query *query, struct err *err)
{
    struct visit *visit = query->visit;
    const struct actions_case *of = query->context;
    (void)err;
    page_begin(visit, tr_fill(visit->arena, visit->view.lang, _("Actions on case {1}"), &of->number, 1));
    actions_head_html(&visit->response->body, &visit->view, of);
    return true;
}

static bool actions_end(struct list_query *query, struct err *err)
{
    (void)err;
    actions_foot_html(&query->visit->response->body, &query->visit->view, query->context);
    return true;
}

const struct list actions_list = {
    .name = "actions",
    .title = _("Actions"),
    .columns = COLUMNS,
    .column_count = COUNT_OF(COLUMNS),
    .orders = ORDERS,
    .order_count = COUNT_OF(ORDERS),
    .whole = true,
    .files_follow = true,
    .from_literal = "article_row r LEFT JOIN work_order w ON w.id = r.work_order_id LEFT JOIN article a ON"
                    " a.id = r.article_id LEFT JOIN picklist_item ac ON ac.id = r.action_code_id",
    .none_title = _("Nothing has been registered yet."),
    .none_text = _("Work and material are shown here when the technician has registered them on the case."),
    .visible = actions_add,
    .standard = configured_actions,
    .begin = actions_begin,
    .after = actions_end,
};

/* Finds the case of the address, and the list with the columns that the actor may see. */
static bool actions_find(struct visit *visit, struct actions_case *of, struct list *list, struct err *err)
{
    bool prices = false;
    if (!cases_find_visible(visit, visit->path_value[0], &of->id, err) ||
        !db_find(visit->db, visit->arena, "SELECT number, title FROM cases WHERE id = $1", DB_ARGS(DB_INT(of->id)),
                 DB_TARGETS(TO(&of->number), TO(&of->title)), NULL, err) ||
        !visible_prices(visit->db, &visit->actor, visit->config->prices, of->id, &prices, err))
        return false;
    *list = actions_list;
    if (!prices)
        list->has = action_is_no_price;
    return true;
}

static bool actions_show(struct visit *visit, struct err *err)
{
    struct actions_case of;
    struct list list;
    return actions_find(visit, &of, &list, err) && list_show(visit, &list, &of, err);
}

static bool actions_csv(struct visit *visit, struct err *err)
{
    struct actions_case of;
    struct list list;
    return actions_find(visit, &of, &list, err) && list_file_send(visit, &list, &of, SHEET_CSV, err);
}

static bool actions_xlsx(struct visit *visit, struct err *err)
{
    struct actions_case of;
    struct list list;
    return actions_find(visit, &of, &list, err) && list_file_send(visit, &list, &of, SHEET_XLSX, err);
}

static const struct route ROUTES[] = {
    {"GET", "/cases/{number}/actions", actions_show, WHO_LOGIN, ROUTE_ACTIONS},
    {"GET", "/cases/{number}/actions.csv", actions_csv, WHO_LOGIN, ROUTE_ACTIONS},
    {"GET", "/cases/{number}/actions.xlsx", actions_xlsx, WHO_LOGIN, ROUTE_ACTIONS},
};

const struct feature actions_feature = {
    .name = "customer/actions",
    FEATURE_ROUTES(ROUTES),
};
