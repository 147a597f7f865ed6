/*
 * /register: lets people make their own account. The account counts when the mailed link is used, with the password
 * that belongs to the link.
 */
#include "customer/login/confirm.h"
#include "customer/login/enter.h"
#include "customer/login/mails.h"
#include "customer/login/pages.h"
#include "customer/login/register.html.h"
#include "customer/login/views.h"
#include "model/login.h"
#include "portal/guess.h"

#include "base/random.h"
#include "service/mail.h"

static bool register_show_form(struct visit *visit, struct register_view *view)
{
    struct field *email = &view->fields[0], *password = &view->fields[1];
    email->name = STR("email");
    email->label = visit_tr(visit, _("E-mail address"));
    email->type = "email";
    email->autocomplete = "username";
    email->inputmode = "email";
    email->required = true;
    email->autofocus = !fields_refused(view->fields, 2);
    field_new_password(visit, password, STR("password"), visit_tr(visit, _("Choose a password")));
    page_begin_narrow(visit, visit_tr(visit, _("Register an account")));
    register_page_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool register_form(struct visit *visit, struct err *err)
{
    struct register_view view = {0};
    if (!may_register(visit->config))
        return err_set(err, ERR_NOT_FOUND, NULL, "registration is off");
    if (visit->actor.kind != ACTOR_NOBODY)
        return visit_redirect(visit, STR("/account"));
    return register_show_form(visit, &view);
}

struct registering {
    struct visit *visit;
    struct str email, name, token, hash;
    bool wanted; /* the address may get another mail */
};

static bool offer_link(struct registering *registering, int64_t login_id, struct err *err)
{
    struct visit *visit = registering->visit;
    struct token token = {
        .text = registering->token,
        .purpose = TOKEN_VERIFY,
        .login_id = login_id,
        .pending_hash = registering->hash,
        .expires_us = visit->now_us + VERIFY_US,
    };
    return token_add(visit->db, visit->arena, &token, err) &&
           mail_confirm(visit, (struct mail_to){registering->email, visit->view.lang}, registering->token, err);
}

static bool register_make_account(struct registering *registering, struct login_row *login, struct err *err)
{
    struct visit *visit = registering->visit;
    login->name = registering->name;
    return account_add(visit->db, visit->arena, registering->email, registering->name, visit->view.lang, visit->now_us,
                       &login->id, err) &&
           login_audit(visit, login, "registered", err);
}

static bool register_body(struct db_conn *conn, void *context, struct err *err)
{
    struct registering *registering = context;
    struct visit *visit = registering->visit;
    struct login_row login;
    if (!login_find(conn, visit->arena, registering->name, &login, err))
        return false;
    if (!registering->wanted)
        return true;
    if (login.id && !login.is_contact)
        return mail_shared_login(visit, (struct mail_to){registering->email, visit->view.lang}, err);
    if (login.id && login.verified)
        return mail_registered_before(visit, (struct mail_to){registering->email, login.lang}, err);
    if (!login.id && !register_make_account(registering, &login, err))
        return false;
    return offer_link(registering, login.id, err);
}

/* When one new address is registered twice at the same moment, the second registration finds the login of the first. */
static bool register_write(struct registering *registering, struct err *err)
{
    struct db_conn *conn = registering->visit->db;
    return db_transaction(conn, register_body, registering, err) ||
           (err->kind == ERR_CONFLICT && db_transaction(conn, register_body, registering, err));
}

static bool check_fields(struct visit *visit, struct register_view *view, struct str password)
{
    if (!mail_address_valid(view->fields[0].value))
        view->fields[0].error = visit_tr(visit, _("This is no e-mail address. Write it as name@example.com."));
    view->fields[1].error = password_error(visit, password);
    return !fields_refused(view->fields, 2);
}

static bool register_show_sent(struct visit *visit, struct str email)
{
    struct sent_view view = {
        .title = visit_tr(visit, _("Look in your mail")),
        .text = tr_fill(visit->arena, visit->view.lang,
                        _("We have sent a mail to {1}. Open the link in it to confirm that the address is yours."),
                        &email, 1),
        .hint = visit_tr(visit, _("Nothing there after a few minutes? Look among unwanted mail, check the address and "
                                  "register once more.")),
    };
    page_begin_narrow(visit, view.title);
    sent_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool register_send(struct visit *visit, struct err *err)
{
    struct str password = http_param(&visit->request->form, "password");
    struct register_view view = {.fields[0].value = str_trim(http_param(&visit->request->form, "email"))};
    struct registering registering = {.visit = visit, .email = view.fields[0].value};
    if (!may_register(visit->config))
        return err_set(err, ERR_NOT_FOUND, NULL, "registration is off");
    if (!check_fields(visit, &view, password)) {
        visit->response->status = 400;
        return register_show_form(visit, &view);
    }
    registering.name = actor_fold_name(visit->arena, registering.email);
    registering.token = random_token(visit->arena, TOKEN_BYTES);
    /* The hash is computed even if it will not be used, so that the time of the answer says nothing. */
    if (!mail_allowed(visit, err) || !guess_hash(visit, password, &registering.hash, err))
        return answer_wait(visit, err, &view.refusal) && register_show_form(visit, &view);
    registering.wanted = mail_wanted(MAIL_TO_CONFIRM, registering.name);
    if (!register_write(&registering, err))
        return false;
    chosen_here_keep(visit, registering.hash);
    return register_show_sent(visit, registering.email);
}
