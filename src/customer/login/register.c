/*
 * /register: lets people make their own account. The account counts when the mailed link is used, with the password
 * that belongs to the link.
 */
#include "base/random.h"
#include "customer/login/confirm.h"
#include "customer/login/enter.h"
#include "customer/login/mails.h"
#include "customer/login/pages.h"
#include "customer/login/register.html.h"

static bool register_show_form(struct visit *visit, struct login_view *view)
{
    field_email(visit, &view->fields[LOGIN_NAME]);
    field_new_password(visit, &view->fields[LOGIN_PASSWORD], password_rules_of(visit->config));
    view->fields[LOGIN_PASSWORD].label = visit_tr(visit, _("Choose a password"));
    view->fields[LOGIN_NAME].autofocus = !fields_refused(view->fields, LOGIN_FIELDS);
    return page_show_narrow(visit, visit_tr(visit, _("Register an account")), register_page_html, view);
}

bool register_form(struct visit *visit, struct err *err)
{
    struct login_view view = {0};
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

static bool register_body(struct db_conn *conn, void *context, struct err *err)
{
    struct registering *registering = context;
    struct visit *visit = registering->visit;
    enum lang lang = visit->view.lang;
    struct str email = registering->email;
    struct login_row login;
    if (!login_find(conn, visit->arena, registering->name, &login, err))
        return false;
    if (!registering->wanted)
        return true;
    if (login.id && !login.is_contact)
        return login_mail(visit, MAIL_SHARED_LOGIN, email, lang, STR_NONE, err);
    if (login.id && login.verified)
        return login_mail(visit, MAIL_REGISTERED_BEFORE, email, login.lang, STR_NONE, err);
    login.name = registering->name;
    if (!login.id && (!account_add(conn, email, login.name, lang, visit->now_us, &login.id, err) ||
                      !login_audit(visit, &login, "registered", err)))
        return false;
    return link_send(visit,
                     (struct token){.text = registering->token,
                                    .purpose = TOKEN_VERIFY,
                                    .login_id = login.id,
                                    .pending_hash = registering->hash},
                     email, lang, err);
}

/* When one new address is registered twice at the same moment, the second registration finds the login of the first. */
static bool register_write(struct registering *registering, struct err *err)
{
    struct db_conn *conn = registering->visit->db;
    return db_transaction(conn, register_body, registering, err) ||
           (err->kind == ERR_CONFLICT && db_transaction(conn, register_body, registering, err));
}

bool register_send(struct visit *visit, struct err *err)
{
    struct str password = http_param(&visit->request->form, "password");
    struct login_view view = {.fields[LOGIN_NAME].value = str_trim(http_param(&visit->request->form, "email"))};
    struct registering registering = {.visit = visit, .email = view.fields[LOGIN_NAME].value};
    if (!may_register(visit->config))
        return err_set(err, ERR_NOT_FOUND, NULL, "registration is off");
    view.fields[LOGIN_PASSWORD].error = new_password_error(visit, password, password_rules_of(visit->config));
    if (!address_typed(visit, &view) || view.fields[LOGIN_PASSWORD].error.n) {
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
    return sent_show(visit,
                     _("We have sent a mail to {1}. Click the link in the mail to confirm that the address is yours."),
                     _("Nothing there after a few minutes? Look among unwanted mail, check the address and register "
                       "once more."),
                     registering.email);
}
