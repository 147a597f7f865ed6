/* /login and /logout. */
#include "customer/login/confirm.h"
#include "customer/login/enter.h"
#include "customer/login/login.html.h"
#include "customer/login/pages.h"
#include "model/draft.h"

/* In characters; longer than any real name, so that the rest need not be folded. */
#define NAME_LENGTH 320

static bool sign_in_show_form(struct visit *visit, struct login_view *view)
{
    struct field *name = &view->fields[LOGIN_NAME], *password = &view->fields[LOGIN_PASSWORD];
    name->name = STR("username");
    name->label = visit_tr(visit, _("User name"));
    name->hint = visit_tr(visit, _("Your e-mail address, or the user name you have been given."));
    name->autocomplete = "username";
    name->required = true;
    name->max_length = NAME_LENGTH;
    name->autofocus = name->value.n == 0;
    field_password(visit, password);
    password->autofocus = !name->autofocus;
    view->registration = may_register(visit->config);
    view->contacts = visit->config->login_contact;
    return page_show_narrow(visit, visit_tr(visit, _("Log in")), login_page_html, view);
}

bool login_preview(struct visit *visit, struct err *err)
{
    (void)err;
    struct login_view view = {.next = STR_NONE};
    return sign_in_show_form(visit, &view);
}

/* Logging in never leads to logging out, even if a logout form was sent without a session. */
static struct str next_of(const struct http_params *params)
{
    struct str next = visit_safe_next(http_param(params, "next"));
    return str_eqz(next, "/") || str_eqz(next, "/logout") || str_eqz(next, "/login") ? STR_NONE : next;
}

bool login_form(struct visit *visit, struct err *err)
{
    struct login_view view = {.next = next_of(&visit->request->query)};
    (void)err;
    if (visit->actor.kind != ACTOR_NOBODY)
        return visit_redirect(visit, view.next.n ? view.next : STR("/"));
    return sign_in_show_form(visit, &view);
}

/*
 * Gives the same message whether the name is known or not. The audit names only existing logins: any other text in the
 * name field may be a password.
 */
static bool sign_in_refuse(struct visit *visit, struct login_view *view, const struct login_row *login, struct err *err)
{
    struct login_row unknown = {.id = 0, .name = STR("?")};
    if (!login_audit(visit, login->id ? login : &unknown, "login_refused", err))
        return false;
    answer_unproven(visit);
    view->fields[LOGIN_NAME].error =
        visit_tr(visit, _("The user name or the password is wrong. If you have just registered, open the link in "
                          "the mail we sent you first."));
    return sign_in_show_form(visit, view);
}

struct entering {
    struct visit *visit;
    struct login_row *login;
    struct str new_hash, device;
    bool entered;
};

static bool sign_in_enter_body(struct db_conn *conn, void *context, struct err *err)
{
    struct entering *entering = context;
    (void)conn;
    return enter(entering->visit, entering->login, entering->new_hash, entering->device, &entering->entered, err);
}

/*
 * Logins of inactive customers and objects, and kinds of login that are turned off, get the answer for a wrong
 * password.
 */
static bool sign_in_check(struct visit *visit, struct login_row *login, struct str password, struct entering *entering,
                          bool *correct, struct err *err)
{
    struct guess guess = {.name = login->name, .hash = login->hash, .password = password};
    struct actor actor;
    bool known = false, rehash = false;
    if (!device_is_known(visit->db, visit->arena, entering->device, login->id, &known, err))
        return false;
    guess.trusted = known ? entering->device : STR_NONE;
    if (!guess_check(visit, &guess, correct, &rehash, err))
        return false;
    if (*correct && rehash && !guess_hash(visit, password, &entering->new_hash, err))
        return false;
    if (!*correct)
        return true;
    if (!actor_load(visit->db, visit->arena, login->id, &actor, err))
        return false;
    *correct = login_kind_is_on(visit->config, actor.kind);
    return true;
}

bool login_send(struct visit *visit, struct err *err)
{
    struct str password = http_param(&visit->request->form, "password");
    struct login_view view = {
        .fields[LOGIN_NAME].value = utf8_prefix(http_param(&visit->request->form, "username"), NAME_LENGTH),
        .next = next_of(&visit->request->form),
    };
    struct login_row login;
    struct entering entering = {.visit = visit, .login = &login, .device = device_token(visit)};
    bool correct = false;
    struct str typed = view.fields[LOGIN_NAME].value, name = actor_fold_name(visit->arena, typed);
    if (!name.n || !password.n) {
        visit->response->status = 400;
        if (!name.n)
            view.fields[LOGIN_NAME].error = visit_tr(visit, _("Fill in your user name."));
        if (!password.n)
            view.fields[LOGIN_PASSWORD].error = visit_tr(visit, _("Fill in your password."));
        return sign_in_show_form(visit, &view);
    }
    if (!login_find(visit->db, visit->arena, name, &login, err))
        return false;
    login.name = name;
    if (!sign_in_check(visit, &login, password, &entering, &correct, err)) {
        view.wait = err->kind == ERR_THROTTLED;
        return answer_wait(visit, err, &view.refusal) && sign_in_show_form(visit, &view);
    }
    if (correct && !db_transaction(visit->db, sign_in_enter_body, &entering, err))
        return false;
    if (!entering.entered)
        return sign_in_refuse(visit, &view, &login, err);
    device_keep(visit, entering.device);
    if (login.is_contact && !login.verified)
        page_notice_next(visit,
                         _("Your address is not confirmed yet. Under My account you can have a mail for that sent to "
                           "you."));
    return visit_redirect(visit, view.next.n ? view.next : STR("/"));
}

bool logout_form(struct visit *visit, struct err *err)
{
    (void)err;
    if (visit->actor.kind == ACTOR_NOBODY)
        return visit_redirect(visit, STR("/login"));
    page_begin_narrow(visit, visit_tr(visit, _("Log out")));
    logout_page_html(&visit->response->body, &visit->view);
    page_end(visit);
    return true;
}

bool logout_send(struct visit *visit, struct err *err)
{
    struct login_row login = {.id = visit->actor.login_id, .name = visit->actor.login_name};
    if ((login.id && !login_audit(visit, &login, "logout", err)) || !draft_log_out(visit, err) ||
        !session_end(visit, err))
        return false;
    page_notice_next(visit, _("You are logged out."));
    return visit_redirect(visit, STR("/login"));
}
