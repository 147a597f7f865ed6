#include "customer/actions/actions.h"

#include "access/visibility.h"
#include "customer/actions/actions.html.h"
#include "model/article_row_fields.h"
#include "model/case.h"

/*
 * The columns that are more than a field; the other fields of an article row are columns too. A row without its own
 * title or unit gets those of its article, so that the row says what it is about.
 */
static const struct list_column COLUMNS[] = {
    {.name = "number", .literal = "r.number"},
    {.name = "work_order", .literal = "w.number"},
    {.name = "article", .literal = "a.number"},
    {.name = "title", .literal = "COALESCE(NULLIF(r.title, ''), a.name)"},
    {.name = "unit", .literal = "COALESCE(NULLIF(r.unit, ''), a.unit)"},
    {.name = "total", .label = _("Total (excl. VAT)"), .kind = LIST_MONEY, .flags = LIST_SUMMED, .literal = "r.total"},
};
static const struct list_order ORDERS[] = {
    {.keys = {{"r.row_date", LIST_KEY_TEXT, LIST_KEY_UP}, {"r.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_UP}}},
};

static size_t configured_actions(const struct visit *visit, const struct str **names)
{
    *names = visit->config->action_columns.items;
    return visit->config->action_columns.count;
}

static bool more_action(const struct visit *visit, struct str name, struct list_column *column)
{
    (void)visit;
    return list_field_column(&article_row_entity, name, column);
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
    .entity = &article_row_entity,
    .alias_literal = "r",
    .columns = COLUMNS,
    .column_count = COUNT_OF(COLUMNS),
    .orders = ORDERS,
    .order_count = COUNT_OF(ORDERS),
    .whole = true,
    .files_follow = true,
    .from_literal = "article_row r LEFT JOIN work_order w ON w.id = r.work_order_id LEFT JOIN article a ON"
                    " a.id = r.article_id",
    .none_title = _("Nothing has been registered yet."),
    .none_text = _("Work and material are shown here when the technician has registered them on the case."),
    .visible = actions_add,
    .standard = configured_actions,
    .more = more_action,
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
