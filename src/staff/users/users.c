#include "staff/users/users.h"

#include "lists/list.h"
#include "staff/users/pages.h"

LIST_HANDLERS_STAFF(users, users_list)
LIST_HANDLERS_STAFF(audit, audit_list)

static const struct route ROUTES[] = {
    {"GET", "/staff/users", users_page, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/users.csv", users_csv, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/users.xlsx", users_xlsx, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/lists/users", users_columns_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/lists/users", users_columns_send, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/users", users_add_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"GET", "/staff/users/{id}", user_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/users/{id}/role", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/users/{id}/block", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/users/{id}/unblock", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/users/{id}/link", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/users/{id}/second-factor", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"GET", "/staff/audit", audit_page, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/audit.csv", audit_csv, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/audit.xlsx", audit_xlsx, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/lists/audit", audit_columns_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/lists/audit", audit_columns_send, WHO_ADMINISTRATOR, 0},
};

static const struct feature_menu MENU[] = {
    {"/staff/users", _("Users"), "user", WHO_ADMINISTRATOR, 170, NULL},
    {"/staff/audit", _("Audit"), "file-text", WHO_ADMINISTRATOR, 180, NULL},
};

const struct feature staff_users_feature = {
    .name = "staff/users",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
    .menu = MENU,
    .menu_count = sizeof MENU / sizeof *MENU,
};
