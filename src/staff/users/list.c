/* /staff/users: the staff users. */
#include "lists/list.h"
#include "staff/users/pages.h"
#include "staff/users/users.html.h"

static const struct code SECOND_CODES[] = {{"no", _("Not set up")}, {"yes", _("Set up")}};
static const struct code_list SECOND = {SECOND_CODES, COUNT_OF(SECOND_CODES)};

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("email", _("E-mail address"), LINK, "t.email"), .second_literal = "t.id"},
    {LIST_COLUMN("role", _("Role"), CODE, "t.role"), .codes = &staff_roles},
    {LIST_COLUMN("state", _("Status"), CODE,
                 "CASE WHEN t.active = 0 THEN 'blocked' WHEN t.password_hash IS NULL THEN 'invited' ELSE 'active' END"),
     .codes = &user_states},
    {LIST_COLUMN("second_factor", _("Second factor"), CODE, "CASE WHEN t.totp_secret IS NULL THEN 'no' ELSE 'yes' END"),
     .codes = &SECOND},
    {LIST_COLUMN("last_login", _("Last login"), INSTANT, "t.last_login")},
};
static const struct list_criterion CRITERIA[] = {
    {LIST_CRITERION("q", _("Part of the address"), BY_WORDS, "t.email")},
};
static const struct list_order ORDERS[] = {
    {.name = "email",
     .keys = {{"t.active", LIST_KEY_NUMBER, LIST_KEY_DOWN}, {"t.name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}}},
};

static bool new_user_write(struct list_query *query, struct err *err)
{
    struct visit *visit = query->visit;
    struct form form;
    struct form_page page = {.count = 0};
    if (query->context)
        form = *(const struct form *)query->context;
    else
        user_form_begin(visit, &form, STR_NONE, STAFF_HANDLER);
    if (!user_form_fill(&form, &page, err))
        return false;
    new_user_html(&visit->response->body, &visit->view, &page);
    return true;
}

const struct list users_list = {
    .name = "users",
    .path = "/staff/users",
    .title = _("Users"),
    .staff = true,
    LIST_TABLES(COLUMNS, CRITERIA, ORDERS),
    .up = true,
    .page_size = 50,
    .from_literal = "staff t",
    .inactive_literal = "CASE WHEN t.active = 1 THEN 0 ELSE 1 END",
    .after = new_user_write,
};
