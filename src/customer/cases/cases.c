#include "customer/cases/cases.h"

#include "access/visibility.h"
#include "customer/cases/draft.h"
#include "customer/cases/new.h"
#include "customer/cases/search_page.h"
#include "customer/cases/search_query.h"
#include "customer/cases/search_register.h"
#include "portal/address.h"

const char *const case_status_labels[3] = {_("Not started"), _("Started"), _("Finished")};
const char *const work_order_status_labels[3] = {_("Not started (work order)"), _("Started (work order)"),
                                                 _("Finished (work order)")};
const char *const case_status_codes[3] = {"not_started", "started", "finished"};

struct str case_path(struct arena *arena, struct str number)
{
    return address_of(arena, "/cases", number, "");
}

struct str case_number(struct arena *arena, struct str part)
{
    return address_number(arena, part);
}

bool cases_find_visible(struct visit *visit, struct str part, int64_t *id, struct err *err)
{
    struct sql sql;
    sql_init(&sql, visit->arena);
    sql_add(&sql, "SELECT c.id FROM cases c WHERE c.number = ");
    sql_text(&sql, case_number(visit->arena, part));
    sql_add(&sql, " AND ");
    visible_case(&sql, &visit->actor, "c.id");
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    bool found = rows && db_next(rows);
    if (found)
        *id = db_int(rows, 0);
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such case for this actor");
}

bool cases_newest_open(struct visit *visit, size_t limit, struct case_brief **cases, size_t *count, struct err *err)
{
    struct criteria criteria = {
        .status = STATUS_OPEN, .status_text = STR("open"), .descending = true, .page_size = (int)limit};
    static const struct case_column COLUMNS[] = {
        {.kind = COLUMN_TEXT, .code_literal = "c.title"},
        {.kind = COLUMN_STATUS, .code_literal = "c.status"},
        {.kind = COLUMN_REGISTER, .code_literal = "o.number", .text_literal = "o.name"},
    };
    struct case_page page;
    *count = 0;
    if (!search_page_of(visit, &criteria, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, &page, err))
        return false;
    *cases = ARENA_ARRAY(visit->arena, struct case_brief, page.count);
    *count = page.count;
    for (size_t i = 0; i < page.count; i++) {
        const struct case_row *row = &page.rows[i];
        (*cases)[i] = (struct case_brief){
            row->id, row->number, row->values[0].text, row->values[1].status, row->values[2].text, row->created};
    }
    return true;
}

static const struct route ROUTES[] = {
    {"GET", "/cases", search_page, WHO_LOGIN, 0},
    {"GET", "/cases.csv", search_csv, WHO_LOGIN, 0},
    {"GET", "/cases.xlsx", search_xlsx, WHO_LOGIN, 0},
    {"GET", "/cases/choices/customers", search_customers, WHO_CONTACT, 0},
    {"GET", "/cases/choices/objects", search_objects, WHO_CONTACT | WHO_CUSTOMER, 0},
    {"GET", "/cases/{number}", case_page, WHO_LOGIN, 0},
    {"GET", "/cases/{number}/attachments/{key}/{name}", attachment_get, WHO_LOGIN, 0},
    {"GET", "/cases/new", new_get, WHO_LOGIN, ROUTE_NEW_CASE},
    {"POST", "/cases/new", new_post, WHO_LOGIN, ROUTE_UPLOADS | ROUTE_KEEP_EXPIRED | ROUTE_NEW_CASE},
    {"GET", "/cases/new/objects", new_objects_get, WHO_CONTACT | WHO_CUSTOMER, ROUTE_NEW_CASE},
    {"GET", "/cases/new/customers", new_customers_get, WHO_CONTACT, ROUTE_NEW_CASE},
    {"POST", "/cases/draft", draft_post, WHO_LOGIN, ROUTE_QUIET | ROUTE_KEEP_EXPIRED | ROUTE_NEW_CASE},
    {"POST", "/cases/draft/discard", draft_discard_post, WHO_LOGIN, ROUTE_NEW_CASE},
    {"GET", "/staff/lists/cases", columns_page, WHO_STAFF, 0},
    {"POST", "/staff/lists/cases", columns_send, WHO_STAFF, 0},
    {"GET", "/staff/cases", search_page, WHO_STAFF, 0},
    {"GET", "/staff/cases.csv", search_csv, WHO_STAFF, 0},
    {"GET", "/staff/cases.xlsx", search_xlsx, WHO_STAFF, 0},
    {"GET", "/cases/receipt/{receipt}", receipt_get, WHO_LOGIN, 0},
};

static const struct feature_menu MENU[] = {
    {"/cases/new", _("New case"), "circle-plus", WHO_LOGIN, 10, NULL},
    {"/cases", _("Search cases"), "search", WHO_LOGIN, 20, NULL},
    {"/staff/cases", _("Search cases"), "search", WHO_STAFF, 120, NULL},
};

const struct feature cases_feature = {
    .name = "cases",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
    .menu = MENU,
    .menu_count = sizeof MENU / sizeof *MENU,
    .upkeep = new_upkeep,
    .check = new_config_check,
};
