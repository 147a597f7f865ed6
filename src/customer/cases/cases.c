#include "customer/cases/cases.h"

#include "customer/cases/follow.h"
#include "customer/cases/new.h"
#include "customer/cases/new_where.h"
#include "customer/cases/page.h"
#include "customer/cases/saved.h"
#include "model/choice_search.h"
#include "model/message.h"
#include "parts/case_list/case_list.h"

LIST_HANDLERS(customer_cases, customer_cases_list)
LIST_HANDLERS_STAFF(staff_cases, staff_cases_list)

static bool search_customers(struct visit *visit, struct err *err)
{
    return choice_answer(visit, KNOWN_CUSTOMER, false, err);
}

static bool search_objects(struct visit *visit, struct err *err)
{
    return choice_answer(visit, KNOWN_OBJECT, false, err);
}

static const struct route ROUTES[] = {
    LIST_ROUTES(customer_cases, "/cases", WHO_LOGIN, 0),
    {"GET", "/cases/saved", saved_page, WHO_LOGIN, 0},
    {"POST", "/cases/saved", saved_keep, WHO_LOGIN, ROUTE_KEEP_EXPIRED},
    {"POST", "/cases/saved/{search}", saved_change, WHO_LOGIN, ROUTE_KEEP_EXPIRED},
    {"GET", "/cases/choices/customers", search_customers, WHO_CONTACT, 0},
    {"GET", "/cases/choices/objects", search_objects, WHO_CONTACT | WHO_CUSTOMER, 0},
    {"GET", "/cases/{number}", case_page, WHO_LOGIN, 0},
    {"POST", "/cases/{number}/messages", message_send, WHO_LOGIN, ROUTE_KEEP_EXPIRED},
    {"GET", "/cases/{number}/edit", correct_page, WHO_LOGIN, 0},
    {"POST", "/cases/{number}/edit", correct_send, WHO_LOGIN, ROUTE_KEEP_EXPIRED},
    {"POST", "/cases/{number}/files", case_files_send, WHO_LOGIN, ROUTE_UPLOADS | ROUTE_KEEP_EXPIRED},
    {"POST", "/cases/{number}/follow", case_follow, WHO_LOGIN, 0},
    {"GET", "/cases/{number}/attachments/{key}/{name}", attachment_get, WHO_LOGIN, 0},
    {"GET", "/cases/new", new_get, WHO_LOGIN, ROUTE_NEW_CASE},
    {"POST", "/cases/new", new_post, WHO_LOGIN, ROUTE_UPLOADS | ROUTE_KEEP_EXPIRED | ROUTE_NEW_CASE},
    {"GET", "/cases/new/objects", new_objects_get, WHO_CONTACT | WHO_CUSTOMER, ROUTE_NEW_CASE},
    {"GET", "/cases/new/known", new_known_get, WHO_CONTACT | WHO_CUSTOMER, ROUTE_NEW_CASE},
    {"GET", "/cases/new/customers", new_customers_get, WHO_CONTACT, ROUTE_NEW_CASE},
    {"POST", "/cases/draft", draft_post, WHO_LOGIN, ROUTE_QUIET | ROUTE_KEEP_EXPIRED | ROUTE_NEW_CASE},
    {"POST", "/cases/draft/files", draft_files_post, WHO_LOGIN, ROUTE_UPLOADS | ROUTE_KEEP_EXPIRED | ROUTE_NEW_CASE},
    {"GET", "/cases/draft/files/{key}", draft_file_get, WHO_LOGIN, ROUTE_NEW_CASE},
    {"POST", "/cases/draft/discard", draft_discard_post, WHO_LOGIN, ROUTE_NEW_CASE},
    LIST_ROUTES_STAFF(staff_cases, "cases", WHO_STAFF),
    {"GET", "/cases/receipt/{receipt}", receipt_get, WHO_LOGIN, 0},
};

static const struct feature_menu MENU[] = {
    {"/cases/new", _("New case"), "circle-plus", WHO_LOGIN, .order = 10},
    {"/cases", _("Cases"), "search", WHO_LINKED | WHO_CUSTOMER | WHO_OBJECT, .order = 20,
     .count = messages_unread_count},
    {"/staff/cases", _("Search cases"), "search", WHO_STAFF, .order = 120},
};

static const struct feature_preview PREVIEWS[] = {
    {"new-case", _("New case"), false, ROUTE_NEW_CASE, new_preview},
    {"search", _("Search cases"), false, 0, customer_cases_page},
};

const struct feature cases_feature = {
    .name = "customer/cases",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    .previews = PREVIEWS,
    .preview_count = sizeof PREVIEWS / sizeof *PREVIEWS,
    .upkeep = new_upkeep,
    .check = new_config_check,
};
