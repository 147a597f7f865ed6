/* /account: shows users who they are, and lets them change their account. */
#include "base/random.h"
#include "customer/login/account.html.h"
#include "customer/login/confirm.h"
#include "customer/login/enter.h"
#include "customer/login/pages.h"
#include "model/draft.h"
#include "parts/notices/notices.h"

/* Explains why the account is linked to a contact or not (domain 3.1). */
static bool explain_link(struct visit *visit, struct account_view *view, struct err *err)
{
    int64_t contacts = 0;
    if (visit->actor.contact_id) {
        view->link_text =
            tr_fill(visit->arena, visit->view.lang, _("Linked to the contact {1}."), &visit->actor.name, 1);
        return true;
    }
    if (!view->verified) {
        view->link_text = visit_tr(visit, _("Your address is not confirmed yet. Until it is, you see no cases here."));
        return true;
    }
    if (!contacts_with_address(visit->db, visit->actor.login_name, &contacts, err))
        return false;
    view->link_text = visit_tr(
        visit,
        contacts > 1
            ? _("Several contacts with us have this address, so we cannot tell which one is you. Ask us to put it "
                "right: then you see your cases.")
            : _("No contact with us has this address yet. When we have registered it, you see your cases here."));
    return true;
}

static void fill_language(struct visit *visit, struct account_view *view)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, LANG_COUNT);
    static const char *const names[LANG_COUNT] = {"Svenska", "English"};
    for (int i = 0; i < LANG_COUNT; i++)
        options[i] =
            (struct option){str_of(lang_code((enum lang)i)), str_of(names[i]), visit->view.lang == (enum lang)i};
    view->language = (struct field){
        .name = STR("language"),
        .label = visit_tr(visit, _("Language of pages and mail")),
        .options = options,
        .option_count = LANG_COUNT,
    };
}

static bool login_account_fill_contact(struct visit *visit, struct account_view *view, struct err *err)
{
    struct field *current = &view->passwords[0], *chosen = &view->passwords[1];
    struct login_row login;
    if (!login_find(visit->db, visit->arena, visit->actor.login_name, &login, err))
        return false;
    view->verified = login.verified;
    fill_language(visit, view);
    field_password(visit, current);
    current->name = STR("current_password");
    current->label = visit_tr(visit, _("Current password"));
    field_new_password(visit, chosen, password_rules_of(visit->config));
    chosen->name = STR("new_password");
    return explain_link(visit, view, err) && notices_account_part(visit, &view->mails, err);
}

static bool login_account_show(struct visit *visit, struct account_view *view, struct err *err)
{
    view->is_contact = visit->actor.kind == ACTOR_CONTACT;
    view->name = visit->actor.name;
    view->user_name = view->is_contact ? visit->actor.email : visit->actor.login_name;
    view->kind = visit_tr(visit, code_label(&login_kinds, visit->actor.kind));
    view->owner = visit->config->name;
    view->everybody.name = STR("all");
    view->everybody.label = visit_tr(visit, _("Log out everybody who uses this login"));
    view->everybody.required = true;
    int64_t seen_after_us = visit->now_us - visit->config->session_idle_minutes * 60 * US_PER_SECOND;
    int64_t made_after_us = visit->now_us - visit->config->session_days * 24 * 3600 * US_PER_SECOND, count = 0;
    if ((view->is_contact && !login_account_fill_contact(visit, view, err)) ||
        !sessions_count(visit->db, visit->actor.login_id, seen_after_us, made_after_us, &count, err))
        return false;
    view->sessions = tr_n(visit->arena, visit->view.lang, _("{n} device is logged in with this login."),
                          _("{n} devices are logged in with this login."), count > 0 ? count : 1);
    return page_show_narrow(visit, visit_tr(visit, _("My account")), account_body_html, view);
}

bool account_page(struct visit *visit, struct err *err)
{
    struct account_view view = {0};
    return login_account_show(visit, &view, err);
}

/* The language switch in the header overrides the language of the account, so it is set too. */
bool account_language_send(struct visit *visit, struct err *err)
{
    enum lang lang;
    if (!lang_parse(http_param(&visit->request->form, "language"), &lang))
        return err_set(err, ERR_INVALID, NULL, "language");
    if (!account_set_language(visit->db, visit->actor.account_id, lang, err))
        return false;
    return visit_redirect(visit, arena_printf(visit->arena, "/language?lang=%s&next=/account", lang_code(lang)));
}

/* --- the password ------------------------------------------------------------------------------------------------- */

struct changing {
    struct visit *visit;
    struct login_row login;
    struct str hash, device;
    bool still;
};

/* Ends all sessions; this browser gets a new one. */
static bool change_body(struct db_conn *conn, void *context, struct err *err)
{
    struct changing *changing = context;
    struct visit *visit = changing->visit;
    struct login_row login = changing->login;
    bool entered = false;
    if (!login_note_success(conn, &login, STR_NONE, visit->now_us, &changing->still, err))
        return false;
    if (!changing->still)
        return true;
    login.hash = changing->hash;
    return login_set_password(conn, login.id, login.hash, visit->now_us, err) &&
           login_audit(visit, &login, "password_changed", err) &&
           enter(visit, &login, STR_NONE, changing->device, &entered, err);
}

static bool login_account_refuse(struct visit *visit, struct account_view *view, struct err *err)
{
    visit->response->status = 400;
    return login_account_show(visit, view, err);
}

bool account_password_send(struct visit *visit, struct err *err)
{
    struct str chosen = http_param(&visit->request->form, "new_password");
    struct account_view view = {0};
    struct changing changing = {.visit = visit, .device = device_token(visit)};
    bool correct = false;
    view.passwords[1].error = new_password_error(visit, chosen, password_rules_of(visit->config));
    if (view.passwords[1].error.n)
        return login_account_refuse(visit, &view, err);
    if (!login_find(visit->db, visit->arena, visit->actor.login_name, &changing.login, err))
        return false;
    struct guess guess = {
        .name = changing.login.name,
        .hash = changing.login.hash,
        .password = http_param(&visit->request->form, "current_password"),
        .trusted = visit->session,
    };
    if (!guess_check(visit, &guess, &correct, NULL, err) ||
        (correct && !guess_hash(visit, chosen, &changing.hash, err)))
        return answer_wait(visit, err, &view.refusal) && login_account_show(visit, &view, err);
    if (correct && !db_transaction(visit->db, change_body, &changing, err))
        return false;
    if (!changing.still) {
        view.passwords[0].error = visit_tr(visit, _("The password is wrong."));
        return login_account_refuse(visit, &view, err);
    }
    device_keep(visit, changing.device);
    page_notice_next(visit, _("Your new password is saved. You are logged out on all other devices."));
    return visit_redirect(visit, STR("/account"));
}

/* --- the address -------------------------------------------------------------------------------------------------- */

struct proving {
    struct visit *visit;
    struct str token;
};

static bool login_account_prove_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct proving *proving = context;
    struct visit *visit = proving->visit;
    (void)conn;
    return link_send(visit,
                     (struct token){.text = proving->token, .purpose = TOKEN_VERIFY, .login_id = visit->actor.login_id},
                     visit->actor.email, visit->view.lang, err);
}

bool account_verify_send(struct visit *visit, struct err *err)
{
    struct account_view view = {0};
    struct proving proving = {.visit = visit, .token = random_token(visit->arena, TOKEN_BYTES)};
    if (!mail_allowed(visit, err))
        return answer_wait(visit, err, &view.refusal) && login_account_show(visit, &view, err);
    bool wanted = mail_wanted(MAIL_TO_CONFIRM, visit->actor.login_name);
    if (wanted && !db_transaction(visit->db, login_account_prove_body, &proving, err))
        return false;
    page_notice_next(visit, wanted ? _("A mail with a link is on its way to you.")
                                   : _("Several mails have been sent to you already. Look among unwanted mail, too."));
    return visit_redirect(visit, STR("/account"));
}

bool account_logout_everywhere_send(struct visit *visit, struct err *err)
{
    if (visit->actor.kind != ACTOR_CONTACT && !str_eqz(http_param(&visit->request->form, "all"), "yes")) {
        struct account_view view = {.everybody.error = visit_tr(visit, _("Tick the box to log out everybody."))};
        return login_account_refuse(visit, &view, err);
    }
    if (!draft_log_out(visit, err) || !session_end_all(visit->db, visit->actor.login_id, STR_NONE, err) ||
        !session_end(visit, err))
        return false;
    page_notice_next(visit, _("You are logged out on all devices."));
    return visit_redirect(visit, STR("/login"));
}
