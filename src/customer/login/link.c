/*
 * Mailed links: /verify proves an address, /password/reset lets its owner choose a new password. Opening a link changes
 * nothing, because mail scanners open links too.
 */
#include "customer/login/confirm.h"
#include "customer/login/enter.h"
#include "customer/login/pages.h"
#include "customer/login/recover.html.h"
#include "customer/login/register.html.h"

struct mailed_link {
    struct visit *visit;
    struct token token;
    struct login_row login;
    struct str hash; /* of the password that the login gets; empty: it keeps its own */
    struct str device;
    const char *action;
    bool stays; /* the user is logged in already and stays so, with a new token */
    bool taken;
};

/* Finds the link of a request; token.login_id is 0 when it is unknown, used or too old. */
static bool mailed_link_find(struct visit *visit, enum token_purpose purpose, struct mailed_link *link,
                             struct login_view *view, struct err *err)
{
    bool post = visit->request->method == HTTP_POST;
    *link = (struct mailed_link){.visit = visit};
    *view = (struct login_view){.token = http_param(post ? &visit->request->form : &visit->request->query, "token")};
    if (!token_find(visit->db, visit->arena, view->token, purpose, visit->now_us, &link->token, &link->login, err))
        return false;
    view->email = link->login.email;
    return true;
}

/* Answers 404 with the page for a link that was used or is too old. */
static bool show_spent(struct visit *visit)
{
    visit->response->status = 404;
    return page_show_narrow(visit, visit_tr(visit, _("The link no longer works")), spent_page_html,
                            may_register(visit->config));
}

/* Using the mailed link proves the address. A new password ends all sessions; this browser gets a new one. */
static bool mailed_link_body(struct db_conn *conn, void *context, struct err *err)
{
    struct mailed_link *link = context;
    struct visit *visit = link->visit;
    struct login_row login = link->login;
    bool entered = false;
    if (!token_take(conn, visit->arena, &link->token, &link->taken, err))
        return false;
    if (!link->taken)
        return true;
    if (!account_set_verified(conn, login.account_id, err) || !login_audit(visit, &login, link->action, err))
        return false;
    if (link->hash.n) {
        login.hash = link->hash;
        if (!login_set_password(conn, login.id, login.hash, visit->now_us, err))
            return false;
    }
    return link->stays ? session_begin(visit, login.id, err)
                       : enter(visit, &login, STR_NONE, link->device, &entered, err);
}

/* `action` is for the audit. */
static bool mailed_link_use(struct mailed_link *link, const char *action, const struct msgid *notice, struct err *err)
{
    struct visit *visit = link->visit;
    link->action = action;
    link->device = device_token(visit);
    if (!db_transaction(visit->db, mailed_link_body, link, err))
        return false;
    if (!link->taken)
        return show_spent(visit);
    device_keep(visit, link->device);
    page_notice_next(visit, notice);
    return visit_redirect(visit, link->stays ? STR("/account") : STR("/"));
}

/* --- proving an address ------------------------------------------------------------------------------------------- */

/*
 * The link alone is enough when its password was chosen in this browser, or when it has no password and its owner is
 * logged in.
 */
static bool is_one_click(const struct visit *visit, const struct mailed_link *link)
{
    if (link->token.pending_hash.n)
        return chosen_here(visit, link->token.pending_hash);
    return visit->actor.kind == ACTOR_CONTACT && visit->actor.login_id == link->login.id;
}

static bool verify_show_form(struct visit *visit, struct login_view *view)
{
    field_password(visit, &view->fields[LOGIN_PASSWORD]);
    view->fields[LOGIN_PASSWORD].autofocus = true;
    return page_show_narrow(visit, visit_tr(visit, _("Confirm your address")), verify_page_html, view);
}

bool verify_form(struct visit *visit, struct err *err)
{
    struct mailed_link link;
    struct login_view view;
    if (!mailed_link_find(visit, TOKEN_VERIFY, &link, &view, err))
        return false;
    view.one_click = is_one_click(visit, &link);
    return link.token.login_id ? verify_show_form(visit, &view) : show_spent(visit);
}

bool verify_send(struct visit *visit, struct err *err)
{
    struct mailed_link link;
    struct login_view view;
    bool correct = true;
    if (!mailed_link_find(visit, TOKEN_VERIFY, &link, &view, err))
        return false;
    if (!link.token.login_id)
        return show_spent(visit);
    view.one_click = is_one_click(visit, &link);
    link.hash = link.token.pending_hash;
    /* The user must know the password of the link, or else that of the login. */
    struct guess guess = {
        .name = link.login.name,
        .hash = link.hash.n ? link.hash : link.login.hash,
        .password = http_param(&visit->request->form, "password"),
        .trusted = view.token,
    };
    if (!view.one_click && !guess_check(visit, &guess, &correct, NULL, err))
        return answer_wait(visit, err, &view.refusal) && verify_show_form(visit, &view);
    if (!correct) {
        visit->response->status = 400;
        view.fields[LOGIN_PASSWORD].error =
            visit_tr(visit, _("This is not the password that was chosen when the mail was sent. If you have got "
                              "several mails, open the one you asked for yourself."));
        return verify_show_form(visit, &view);
    }
    link.stays = view.one_click && !link.hash.n;
    return mailed_link_use(&link, "address_confirmed", _("Your address is confirmed."), err);
}

/* --- choosing a new password -------------------------------------------------------------------------------------- */

static bool show_reset(struct visit *visit, struct login_view *view)
{
    field_new_password(visit, &view->fields[LOGIN_PASSWORD], password_rules_of(visit->config));
    view->fields[LOGIN_PASSWORD].autofocus = true;
    return page_show_narrow(visit, visit_tr(visit, _("Choose a new password")), reset_page_html, view);
}

bool reset_form(struct visit *visit, struct err *err)
{
    struct mailed_link link;
    struct login_view view;
    if (!mailed_link_find(visit, TOKEN_RESET, &link, &view, err))
        return false;
    return link.token.login_id ? show_reset(visit, &view) : show_spent(visit);
}

bool reset_send(struct visit *visit, struct err *err)
{
    struct str password = http_param(&visit->request->form, "password");
    struct mailed_link link;
    struct login_view view;
    if (!mailed_link_find(visit, TOKEN_RESET, &link, &view, err))
        return false;
    if (!link.token.login_id)
        return show_spent(visit);
    view.fields[LOGIN_PASSWORD].error = new_password_error(visit, password, password_rules_of(visit->config));
    if (view.fields[LOGIN_PASSWORD].error.n) {
        visit->response->status = 400;
        return show_reset(visit, &view);
    }
    if (!guess_hash(visit, password, &link.hash, err))
        return answer_wait(visit, err, &view.refusal) && show_reset(visit, &view);
    return mailed_link_use(&link, "password_reset",
                           _("Your new password is saved. You are logged out on all other devices."), err);
}
