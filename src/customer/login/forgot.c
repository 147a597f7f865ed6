/* /password/forgot: mails a link to choose a new password. */
#include "base/random.h"
#include "customer/login/confirm.h"
#include "customer/login/mails.h"
#include "customer/login/pages.h"
#include "customer/login/recover.html.h"
#include "portal/guess.h"

static bool show_forgot(struct visit *visit, struct login_view *view)
{
    field_email(visit, &view->fields[LOGIN_NAME]);
    view->fields[LOGIN_NAME].autofocus = true;
    return page_show_narrow(visit, visit_tr(visit, _("Forgotten password")), forgot_page_html, view);
}

bool forgot_form(struct visit *visit, struct err *err)
{
    struct login_view view = {.fields[LOGIN_NAME].value = visit->actor.email};
    if (!visit->config->login_contact)
        return err_set(err, ERR_NOT_FOUND, NULL, "logins of contacts are off");
    return show_forgot(visit, &view);
}

struct forgetting {
    struct visit *visit;
    struct str email, name, token;
};

/* Sends a mail whether there is an account or not, so that the work is the same. */
static bool forgot_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct forgetting *forgetting = context;
    struct visit *visit = forgetting->visit;
    struct login_row login;
    if (!login_find(conn, visit->arena, forgetting->name, &login, err))
        return false;
    if (!login.id || !login.is_contact)
        return login_mail(visit, login.id ? MAIL_SHARED_LOGIN : MAIL_NO_ACCOUNT, forgetting->email, visit->view.lang,
                          STR_NONE, err);
    return link_send(visit, (struct token){.text = forgetting->token, .purpose = TOKEN_RESET, .login_id = login.id},
                     forgetting->email, login.lang, err);
}

bool forgot_send(struct visit *visit, struct err *err)
{
    struct login_view view = {.fields[LOGIN_NAME].value = str_trim(http_param(&visit->request->form, "email"))};
    struct forgetting forgetting = {.visit = visit, .email = view.fields[LOGIN_NAME].value};
    if (!visit->config->login_contact)
        return err_set(err, ERR_NOT_FOUND, NULL, "logins of contacts are off");
    if (!address_typed(visit, &view)) {
        visit->response->status = 400;
        return show_forgot(visit, &view);
    }
    forgetting.name = actor_fold_name(visit->arena, forgetting.email);
    forgetting.token = random_token(visit->arena, TOKEN_BYTES);
    if (!mail_allowed(visit, err))
        return answer_wait(visit, err, &view.refusal) && show_forgot(visit, &view);
    if (mail_wanted(MAIL_TO_RESET, forgetting.name) && !db_transaction(visit->db, forgot_body, &forgetting, err))
        return false;
    return sent_show(visit, _("We have sent a mail to {1}. Click the link in the mail to choose a new password."),
                     _("Nothing there after a few minutes? Look among unwanted mail, check the address and try once "
                       "more."),
                     forgetting.email);
}
