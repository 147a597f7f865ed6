/*
 * /verify: proves an address by its mailed link. Opening the link changes nothing, because mail scanners open links
 * too.
 */
#include "customer/login/confirm.h"
#include "customer/login/enter.h"
#include "customer/login/pages.h"
#include "customer/login/register.html.h"
#include "customer/login/views.h"
#include "portal/guess.h"

/*
 * Returns the hash of the password that the user of the link must know: the password of the link, or else that of the
 * login.
 */
static struct str secret_of(const struct token *token, const struct login_row *login)
{
    return token->pending_hash.n ? token->pending_hash : login->hash;
}

/* The link alone is enough when the password was chosen in this browser, or its owner is logged in. */
static bool is_one_click(const struct visit *visit, const struct token *token, const struct login_row *login)
{
    if (token->pending_hash.n)
        return chosen_here(visit, token->pending_hash);
    return visit->actor.kind == ACTOR_CONTACT && visit->actor.login_id == login->id;
}

static bool verify_show_form(struct visit *visit, struct verify_view *view)
{
    view->password.name = STR("password");
    view->password.label = visit_tr(visit, _("Password"));
    view->password.type = "password";
    view->password.autocomplete = "current-password";
    view->password.required = true;
    view->password.autofocus = true;
    page_begin_narrow(visit, visit_tr(visit, _("Confirm your address")));
    verify_page_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool verify_form(struct visit *visit, struct err *err)
{
    struct str text = http_param(&visit->request->query, "token");
    struct token token;
    struct login_row login;
    if (!token_find(visit->db, visit->arena, text, TOKEN_VERIFY, visit->now_us, &token, &login, err))
        return false;
    if (!token.login_id)
        return show_spent(visit);
    struct verify_view view = {.token = text, .email = login.email, .one_click = is_one_click(visit, &token, &login)};
    return verify_show_form(visit, &view);
}

struct verifying {
    struct visit *visit;
    struct token token;
    struct login_row login;
    struct str device;
    bool stays; /* the user is logged in already and stays so */
    bool taken;
};

static bool verify_body(struct db_conn *conn, void *context, struct err *err)
{
    struct verifying *verifying = context;
    struct visit *visit = verifying->visit;
    struct login_row login = verifying->login;
    bool entered = false;
    if (!token_take(conn, visit->arena, &verifying->token, &verifying->taken, err) ||
        (verifying->taken &&
         (!account_set_verified(conn, login.account_id, err) || !login_audit(visit, &login, "address_confirmed", err))))
        return false;
    if (!verifying->taken || verifying->stays)
        return true;
    if (verifying->token.pending_hash.n) {
        login.hash = verifying->token.pending_hash;
        if (!login_set_password(conn, login.id, login.hash, visit->now_us, err))
            return false;
    }
    return enter(visit, &login, STR_NONE, verifying->device, &entered, err);
}

static bool confirm(struct verifying *verifying, struct err *err)
{
    struct visit *visit = verifying->visit;
    verifying->device = device_token(visit);
    if (!db_transaction(visit->db, verify_body, verifying, err))
        return false;
    if (!verifying->taken)
        return show_spent(visit);
    device_keep(visit, verifying->device);
    page_notice_next(visit, _("Your address is confirmed."));
    return visit_redirect(visit, verifying->stays ? STR("/account") : STR("/"));
}

static bool verify_refuse(struct visit *visit, struct verify_view *view)
{
    visit->response->status = 400;
    view->password.error =
        visit_tr(visit, _("This is not the password that was chosen when the mail was sent. If you have got "
                          "several mails, open the one you asked for yourself."));
    return verify_show_form(visit, view);
}

bool verify_send(struct visit *visit, struct err *err)
{
    struct str text = http_param(&visit->request->form, "token");
    struct verifying verifying = {.visit = visit};
    bool correct = true;
    if (!token_find(visit->db, visit->arena, text, TOKEN_VERIFY, visit->now_us, &verifying.token, &verifying.login,
                    err))
        return false;
    if (!verifying.token.login_id)
        return show_spent(visit);
    struct verify_view view = {.token = text,
                               .email = verifying.login.email,
                               .one_click = is_one_click(visit, &verifying.token, &verifying.login)};
    struct guess guess = {
        .name = verifying.login.name,
        .hash = secret_of(&verifying.token, &verifying.login),
        .password = http_param(&visit->request->form, "password"),
        .trusted = text,
    };
    if (!view.one_click && !guess_check(visit, &guess, &correct, NULL, err))
        return answer_wait(visit, err, &view.refusal) && verify_show_form(visit, &view);
    if (!correct)
        return verify_refuse(visit, &view);
    verifying.stays = view.one_click && !verifying.token.pending_hash.n;
    return confirm(&verifying, err);
}
