#include "staff/users/users.h"

#include "lists/list.h"
#include "staff/users/pages.h"

LIST_HANDLERS_STAFF(users, users_list)
LIST_HANDLERS_STAFF(audit, audit_list)

static const struct route ROUTES[] = {
    LIST_ROUTES_STAFF(users, "users", WHO_ADMINISTRATOR),
    {"POST", "/staff/users", users_add_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"GET", "/staff/users/{id}", user_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/users/{id}/role", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/users/{id}/block", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/users/{id}/unblock", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/users/{id}/link", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/users/{id}/second-factor", user_change_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    LIST_ROUTES_STAFF(audit, "audit", WHO_ADMINISTRATOR),
};

static const struct feature_question QUESTIONS[] = {
    {.path = "/staff/users/{id}/second-factor",
     .name_literal = "SELECT email FROM staff WHERE id = $1",
     .title = _("Remove the second factor of {1}?"),
     .text = _("The codes of their phone and their recovery codes stop working, and they are logged out. They set up"
               " a new one when they log in again."),
     .button = _("Remove the second factor")},
};

static const struct feature_menu MENU[] = {
    {"/staff/users", _("Users"), "user", WHO_ADMINISTRATOR, .order = 170},
    {"/staff/audit", _("Audit"), "file-text", WHO_ADMINISTRATOR, .order = 180},
};

const struct feature staff_users_feature = {
    .name = "staff/users",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    FEATURE_QUESTIONS(QUESTIONS),
};
