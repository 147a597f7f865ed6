#include "staff/login/login.h"

#include "staff/login/pages.h"

static const struct route ROUTES[] = {
    {"GET", "/staff/login", staff_login_form, WHO_ANYBODY, 0},
    {"POST", "/staff/login", staff_login_send, WHO_ANYBODY, 0},
    {"GET", "/staff/login/code", staff_code_form, WHO_HALF_STAFF, 0},
    {"POST", "/staff/login/code", staff_code_send, WHO_HALF_STAFF, 0},
    {"POST", "/staff/logout", staff_logout_send, WHO_STAFF | WHO_HALF_STAFF, 0},
    {"GET", "/staff/password", staff_password_form, WHO_ANYBODY, 0},
    {"POST", "/staff/password", staff_password_send, WHO_ANYBODY, 0},
    {"GET", "/staff/second-factor", staff_second_form, WHO_STAFF | WHO_HALF_STAFF, ROUTE_FRESH},
    {"POST", "/staff/second-factor", staff_second_send, WHO_STAFF | WHO_HALF_STAFF, ROUTE_FRESH},
    {"POST", "/staff/second-factor/codes", staff_codes_send, WHO_STAFF, ROUTE_FRESH},
    {"GET", "/staff/confirm", staff_confirm_form, WHO_STAFF, 0},
    {"POST", "/staff/confirm", staff_confirm_send, WHO_STAFF, 0},
    {"GET", "/staff/account", staff_account_page, WHO_STAFF, 0},
    {"POST", "/staff/account/password", staff_account_password_send, WHO_STAFF, 0},
    {"POST", "/staff/account/logout-everywhere", staff_everywhere_send, WHO_STAFF, 0},
};

static const struct feature_menu MENU[] = {
    {"/staff/account", _("My account"), "circle-user", WHO_STAFF, .order = 190},
};

static bool login_login_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
{
    (void)config;
    return staff_links_forget(conn, now_us, err);
}

const struct feature staff_login_feature = {
    .name = "staff/login",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    .upkeep = login_login_upkeep,
};
