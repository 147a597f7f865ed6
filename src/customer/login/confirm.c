#include "customer/login/confirm.h"

#include "customer/login/mails.h"
#include "customer/login/register.html.h"
#include "service/mail.h"

#define CHOSEN_COOKIE "registered"

bool may_register(const struct config *config)
{
    return config->registration && config->login_contact;
}

void chosen_here_keep(struct visit *visit, struct str hash)
{
    http_cookie_set(visit->request, visit->response,
                    (struct http_cookie){.name = CHOSEN_COOKIE,
                                         .value = app_mac(visit->app, visit->arena, CHOSEN_COOKIE, hash),
                                         .max_age = VERIFY_US / US_PER_SECOND});
}

bool chosen_here(const struct visit *visit, struct str hash)
{
    struct str cookie = http_cookie_get(visit->request, CHOSEN_COOKIE);
    return hash.n && token_equal(cookie, app_mac(visit->app, visit->arena, CHOSEN_COOKIE, hash));
}

bool link_send(struct visit *visit, struct token token, struct str address, enum lang lang, struct err *err)
{
    bool reset = token.purpose == TOKEN_RESET;
    token.expires_us = visit->now_us + (reset ? RESET_US : VERIFY_US);
    return token_add(visit->db, visit->arena, &token, err) &&
           login_mail(visit, reset ? MAIL_RESET : MAIL_CONFIRM, address, lang, token.text, err);
}

bool address_typed(const struct visit *visit, struct login_view *view)
{
    if (!mail_address_valid(view->fields[LOGIN_NAME].value))
        view->fields[LOGIN_NAME].error = visit_tr(visit, _("This is no e-mail address. Write it as name@example.com."));
    return !view->fields[LOGIN_NAME].error.n;
}

bool sent_show(struct visit *visit, const struct msgid *text, const struct msgid *hint, struct str email)
{
    const struct sent_view view = {tr_fill(visit->arena, visit->view.lang, text, &email, 1), visit_tr(visit, hint)};
    return page_show_narrow(visit, visit_tr(visit, _("Check your mail")), sent_page_html, &view);
}
