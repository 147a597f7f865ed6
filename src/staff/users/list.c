/* /staff/users: the staff users. */
#include "lists/list.h"
#include "staff/users/pages.h"
#include "staff/users/users.html.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const struct code SECOND_CODES[] = {{"no", _("Not set up")}, {"yes", _("Set up")}};
static const struct code_list SECOND = {SECOND_CODES, COUNT_OF(SECOND_CODES)};

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("email", _("E-mail address"), LINK, "t.email"), .second_literal = "t.id"},
    {LIST_COLUMN("role", _("Role"), CODE, "t.role"), .codes = &staff_roles},
    {LIST_COLUMN("state", _("State"), CODE,
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
    const struct typed_user none = {.role = str_of(code_name(&staff_roles, STAFF_HANDLER))};
    const struct typed_user *typed = query->context ? query->context : &none;
    struct field role = {.option_count = 0};
    struct field email = {.name = STR("email"),
                          .label = visit_tr(visit, _("E-mail address")),
                          .value = typed->email,
                          .error = visit_tr(visit, typed->fault),
                          .type = "email",
                          .required = true,
                          .max_length = 254};
    (void)err;
    user_role_fill(visit, &role, typed->role);
    new_user_html(&visit->response->body, &visit->view, &email, &role);
    return true;
}

const struct list users_list = {
    .name = "users",
    .path = "/staff/users",
    .title = _("Users"),
    .staff = true,
    .columns = COLUMNS,
    .column_count = COUNT_OF(COLUMNS),
    .criteria = CRITERIA,
    .criterion_count = COUNT_OF(CRITERIA),
    .orders = ORDERS,
    .order_count = COUNT_OF(ORDERS),
    .up = true,
    .page_size = 50,
    .from_literal = "staff t",
    .inactive_literal = "CASE WHEN t.active = 1 THEN 0 ELSE 1 END",
    .after = new_user_write,
};
