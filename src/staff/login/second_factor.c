/* /staff/second-factor: sets up the second factor and makes recovery codes. */
#include "service/totp.h"
#include "staff/login/login.html.h"
#include "staff/login/pages.h"

static const struct throttle_rule TRIES = {"new second factors", 10, 30};

/*
 * The form carries the secret until the app has proved that it has it. The digest makes sure that only a secret made
 * for this session is accepted.
 */
static struct str second_factor_proof_of(struct visit *visit, struct str secret)
{
    struct str text = arena_printf(visit->arena, "%.*s\n%.*s", STR_FMT(visit->session), STR_FMT(secret));
    return app_mac(visit->app, visit->arena, "second-factor", text);
}

static bool show_second(struct visit *visit, struct staff_second_view *view, struct err *err)
{
    struct str address = totp_address(visit->arena, visit->config->name, visit->staff.email, view->secret);
    if (!totp_picture(visit->arena, address, &view->picture, &view->size, err))
        return false;
    view->proof = second_factor_proof_of(visit, view->secret);
    view->required = !visit->staff.whole;
    view->code.name = STR("code");
    view->code.label = visit_tr(visit, _("Code from the app"));
    view->code.autocomplete = "one-time-code";
    view->code.inputmode = "numeric";
    view->code.required = true;
    view->code.max_length = 10;
    return page_show_narrow(visit, visit_tr(visit, _("Set up the second factor")), staff_second_page_html, view);
}

/* A user who has a second factor must give it before they may set up another one. */
static bool may_set_up(struct visit *visit)
{
    return visit->staff.whole || !visit->staff.has_second;
}

bool staff_second_form(struct visit *visit, struct err *err)
{
    struct staff_second_view view = {.secret = totp_secret(visit->arena)};
    return may_set_up(visit) ? show_second(visit, &view, err) : visit_redirect(visit, STR("/staff/login/code"));
}

struct setting_up {
    struct visit *visit;
    struct str secret;
    int64_t step;
    struct str *codes;
    const char *action;
};

static bool set_up_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct setting_up *setting = context;
    struct visit *visit = setting->visit;
    int64_t id = visit->staff.id;
    if (!setting->secret.n) {
        if (!staff_session_hold(visit, err))
            return false;
    } else if (!staff_set_second(conn, id, setting->secret, setting->step, err) ||
               !staff_session_renew(visit, true, err) || !staff_session_end_all(conn, id, visit->session, err)) {
        return false;
    }
    return recovery_make(conn, visit->arena, id, setting->codes, err) &&
           visit_audit(visit, setting->action, STR_NONE, STR_NONE, err);
}

static bool set_up(struct visit *visit, struct setting_up *setting, struct err *err)
{
    setting->codes = ARENA_ARRAY(visit->arena, struct str, RECOVERY_CODES);
    if (!db_transaction(visit->db, set_up_body, setting, err))
        return false;
    visit->staff.whole = true;
    visit->staff.has_second = true;
    if (setting->secret.n)
        staff_device_keep(visit, DEVICE_SECOND, visit->staff.id, setting->secret);
    const struct staff_codes_view view = {setting->codes, RECOVERY_CODES};
    return page_show_narrow(visit, visit_tr(visit, _("Your recovery codes")), staff_codes_page_html, &view);
}

bool staff_second_send(struct visit *visit, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    struct staff_second_view view = {.secret = http_param(form, "secret")};
    struct throttle_key key = throttle_key(&TRIES, visit->session, STR_NONE);
    if (!may_set_up(visit))
        return visit_redirect(visit, STR("/staff/login/code"));
    if (!token_equal(http_param(form, "proof"), second_factor_proof_of(visit, view.secret)))
        return visit_redirect(visit, STR("/staff/second-factor"));
    if (!try_allowed(&key, 1, "too many codes", err))
        return false;
    struct setting_up setting = {.visit = visit, .secret = view.secret, .action = "second_factor_set"};
    setting.step = totp_step(visit->arena, view.secret, http_param(form, "code"), visit->now_us, 0);
    if (setting.step)
        return set_up(visit, &setting, err);
    visit->response->status = 400;
    view.code.error = visit_tr(
        visit, _("The code does not fit. Check that the clock of your phone is right, and take the newest code."));
    return show_second(visit, &view, err);
}

bool staff_codes_send(struct visit *visit, struct err *err)
{
    struct setting_up setting = {.visit = visit, .action = "recovery_codes_made"};
    if (!visit->staff.has_second)
        return visit_redirect(visit, STR("/staff/second-factor"));
    return set_up(visit, &setting, err);
}
