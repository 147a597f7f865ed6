#include "customer/login/login.h"

#include "customer/login/pages.h"
#include "model/login.h"
#include "service/mail.h"

static const struct route routes[] = {
    {"GET", "/login", login_form, WHO_ANYBODY, 0},
    {"POST", "/login", login_send, WHO_ANYBODY, 0},
    {"GET", "/logout", logout_form, WHO_ANYBODY, 0},
    {"POST", "/logout", logout_send, WHO_LOGIN, 0},
    {"GET", "/register", register_form, WHO_ANYBODY, 0},
    {"POST", "/register", register_send, WHO_ANYBODY, 0},
    {"GET", "/verify", verify_form, WHO_ANYBODY, 0},
    {"POST", "/verify", verify_send, WHO_ANYBODY, 0},
    {"GET", "/password/forgot", forgot_form, WHO_ANYBODY, 0},
    {"POST", "/password/forgot", forgot_send, WHO_ANYBODY, 0},
    {"GET", "/password/reset", reset_form, WHO_ANYBODY, 0},
    {"POST", "/password/reset", reset_send, WHO_ANYBODY, 0},
    {"GET", "/account", account_page, WHO_LOGIN, 0},
    {"POST", "/account/language", account_language_send, WHO_CONTACT, 0},
    {"POST", "/account/password", account_password_send, WHO_CONTACT, 0},
    {"POST", "/account/verify", account_verify_send, WHO_CONTACT, 0},
    {"POST", "/account/logout-everywhere", account_logout_everywhere_send, WHO_LOGIN, 0},
};

static const struct feature_menu MENU[] = {
    {"/account", _("My account"), "circle-user", WHO_LOGIN, .order = 90},
};

static bool login_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
{
    (void)config;
    return tokens_forget_expired(conn, now_us, err) && mail_upkeep(conn, now_us, err);
}

static const struct feature_preview previews[] = {
    {"login", _("Log in"), true, 0, login_preview},
};

const struct feature login_feature = {
    .name = "customer/login",
    FEATURE_ROUTES(routes),
    FEATURE_MENU(MENU),
    .previews = previews,
    .preview_count = sizeof previews / sizeof *previews,
    .upkeep = login_upkeep,
};
