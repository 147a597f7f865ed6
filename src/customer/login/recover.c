/* /password/forgot and /password/reset. */
#include "customer/login/confirm.h"
#include "customer/login/enter.h"
#include "customer/login/mails.h"
#include "customer/login/pages.h"
#include "customer/login/recover.html.h"
#include "customer/login/register.html.h"
#include "customer/login/views.h"
#include "portal/guess.h"

#include "base/random.h"
#include "service/mail.h"

static bool show_forgot(struct visit *visit, struct forgot_view *view)
{
    view->email.name = STR("email");
    view->email.label = visit_tr(visit, _("E-mail address"));
    view->email.type = "email";
    view->email.autocomplete = "username";
    view->email.inputmode = "email";
    view->email.required = true;
    view->email.autofocus = true;
    page_begin_narrow(visit, visit_tr(visit, _("Forgotten password")));
    forgot_page_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool forgot_form(struct visit *visit, struct err *err)
{
    struct forgot_view view = {.email.value = visit->actor.email};
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
    struct forgetting *forgetting = context;
    struct visit *visit = forgetting->visit;
    struct login_row login;
    if (!login_find(conn, visit->arena, forgetting->name, &login, err))
        return false;
    if (!login.id)
        return mail_no_account(visit, (struct mail_to){forgetting->email, visit->view.lang}, err);
    if (!login.is_contact)
        return mail_shared_login(visit, (struct mail_to){forgetting->email, visit->view.lang}, err);
    struct token token = {
        .text = forgetting->token,
        .purpose = TOKEN_RESET,
        .login_id = login.id,
        .expires_us = visit->now_us + RESET_US,
    };
    return token_add(conn, visit->arena, &token, err) &&
           mail_reset(visit, (struct mail_to){forgetting->email, login.lang}, forgetting->token, err);
}

static bool recover_show_sent(struct visit *visit, struct str email)
{
    struct sent_view view = {
        .title = visit_tr(visit, _("Look in your mail")),
        .text =
            tr_fill(visit->arena, visit->view.lang,
                    _("We have sent a mail to {1}. The link in it leads to a page where you choose a new password."),
                    &email, 1),
        .hint =
            visit_tr(visit, _("Nothing there after a few minutes? Look among unwanted mail, check the address and try "
                              "once more.")),
    };
    page_begin_narrow(visit, view.title);
    sent_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool forgot_send(struct visit *visit, struct err *err)
{
    struct forgot_view view = {.email.value = str_trim(http_param(&visit->request->form, "email"))};
    struct forgetting forgetting = {.visit = visit, .email = view.email.value};
    if (!visit->config->login_contact)
        return err_set(err, ERR_NOT_FOUND, NULL, "logins of contacts are off");
    if (!mail_address_valid(view.email.value)) {
        visit->response->status = 400;
        view.email.error = visit_tr(visit, _("This is no e-mail address. Write it as name@example.com."));
        return show_forgot(visit, &view);
    }
    forgetting.name = actor_fold_name(visit->arena, forgetting.email);
    forgetting.token = random_token(visit->arena, TOKEN_BYTES);
    if (!mail_allowed(visit, err))
        return answer_wait(visit, err, &view.refusal) && show_forgot(visit, &view);
    if (mail_wanted(MAIL_TO_RESET, forgetting.name) && !db_transaction(visit->db, forgot_body, &forgetting, err))
        return false;
    return recover_show_sent(visit, forgetting.email);
}

/* --- choosing a new password -------------------------------------------------------------------------------------- */

static bool show_reset(struct visit *visit, struct reset_view *view)
{
    field_new_password(visit, &view->password, STR("password"), visit_tr(visit, _("New password")));
    view->password.autofocus = true;
    page_begin_narrow(visit, visit_tr(visit, _("Choose a new password")));
    reset_page_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool reset_form(struct visit *visit, struct err *err)
{
    struct str text = http_param(&visit->request->query, "token");
    struct token token;
    struct login_row login;
    if (!token_find(visit->db, visit->arena, text, TOKEN_RESET, visit->now_us, &token, &login, err))
        return false;
    struct reset_view view = {.token = text, .email = login.email};
    return token.login_id ? show_reset(visit, &view) : show_spent(visit);
}

struct resetting {
    struct visit *visit;
    struct token token;
    struct login_row login;
    struct str device;
    bool taken;
};

/* Using the mailed link also proves the address. */
static bool reset_body(struct db_conn *conn, void *context, struct err *err)
{
    struct resetting *resetting = context;
    struct visit *visit = resetting->visit;
    bool entered = false;
    if (!token_take(conn, visit->arena, &resetting->token, &resetting->taken, err))
        return false;
    return !resetting->taken ||
           (account_set_verified(conn, resetting->login.account_id, err) &&
            login_set_password(conn, resetting->login.id, resetting->login.hash, visit->now_us, err) &&
            login_audit(visit, &resetting->login, "password_reset", err) &&
            enter(visit, &resetting->login, STR_NONE, resetting->device, &entered, err));
}

static bool recover_reset(struct resetting *resetting, struct str password, struct err *err)
{
    struct visit *visit = resetting->visit;
    resetting->device = device_token(visit);
    if (!guess_hash(visit, password, &resetting->login.hash, err)) {
        struct reset_view view = {.token = resetting->token.text, .email = resetting->login.email};
        return answer_wait(visit, err, &view.refusal) && show_reset(visit, &view);
    }
    if (!db_transaction(visit->db, reset_body, resetting, err))
        return false;
    if (!resetting->taken)
        return show_spent(visit);
    device_keep(visit, resetting->device);
    page_notice_next(visit, _("Your new password is saved. You are logged out everywhere else."));
    return visit_redirect(visit, STR("/"));
}

bool reset_send(struct visit *visit, struct err *err)
{
    struct str text = http_param(&visit->request->form, "token");
    struct str password = http_param(&visit->request->form, "password");
    struct resetting resetting = {.visit = visit};
    if (!token_find(visit->db, visit->arena, text, TOKEN_RESET, visit->now_us, &resetting.token, &resetting.login, err))
        return false;
    if (!resetting.token.login_id)
        return show_spent(visit);
    struct reset_view view = {.token = text, .email = resetting.login.email};
    view.password.error = password_error(visit, password);
    if (!view.password.error.n)
        return recover_reset(&resetting, password, err);
    visit->response->status = 400;
    return show_reset(visit, &view);
}
