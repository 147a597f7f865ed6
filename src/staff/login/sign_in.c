/* /staff/login, /staff/login/code, /staff/logout, /staff/confirm. */
#include "portal/guess.h"
#include "service/audit.h"
#include "staff/login/login.h"
#include "staff/login/login.html.h"
#include "staff/login/pages.h"
#include "staff/login/views.h"

#define EMAIL_LENGTH 320

struct str staff_next(const struct http_params *params)
{
    struct str next = visit_safe_next(http_param(params, "next"));
    bool within = str_eqz(next, "/staff") || str_starts(next, STR("/staff/")) || str_starts(next, STR("/staff?"));
    bool loops = str_starts(next, STR("/staff/login")) || str_starts(next, STR("/staff/logout")) ||
                 str_starts(next, STR("/staff/confirm")) || str_starts(next, STR("/staff/password"));
    return within && !loops ? next : STR("/staff");
}

/* --- password ----------------------------------------------------------------------------------------------------- */

static bool show_login(struct visit *visit, struct staff_login_view *view)
{
    view->email.name = STR("email");
    view->email.label = visit_tr(visit, _("E-mail address"));
    view->email.type = "email";
    view->email.autocomplete = "username";
    view->email.inputmode = "email";
    view->email.required = true;
    view->email.max_length = EMAIL_LENGTH;
    view->email.autofocus = view->email.value.n == 0;
    staff_password_field(visit, &view->password, false);
    view->password.autofocus = !view->email.autofocus;
    page_begin_narrow(visit, visit_tr(visit, _("Staff login")));
    staff_login_page_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool staff_login_form(struct visit *visit, struct err *err)
{
    struct staff_login_view view = {.next = staff_next(&visit->request->query)};
    (void)err;
    return visit->staff.whole ? visit_redirect(visit, view.next) : show_login(visit, &view);
}

/*
 * The answer is the same for every reason, and does not show whether the address is known. The audit names only
 * existing users, because other typed text may be a password.
 */
static bool refuse_login(struct visit *visit, struct staff_login_view *view, const struct staff_row *user,
                         struct err *err)
{
    const struct audit_entry entry = {.kind = "staff",
                                      .who_id = user->id,
                                      .who = user->id ? user->email : STR("?"),
                                      .action = "login_refused",
                                      .subject = STR_NONE,
                                      .detail = STR("wrong address or password"),
                                      .client = visit->request->client};
    if (!audit_add(visit->db, &entry, visit->now_us, err))
        return false;
    visit->response->status = 401;
    http_set(visit->response, "WWW-Authenticate", STR("Cookie realm=\"Kundportal\""));
    view->refusal = visit_tr(visit, _("The address or the password is wrong."));
    return show_login(visit, view);
}

struct entering {
    struct visit *visit;
    const struct staff_row *user;
    struct str new_hash;
    bool second; /* the second factor was given, in the session that the password started */
    const char *action;
    bool entered; /* false: password, second factor or the right to log in changed while they were checked */
};

static bool login_sign_in_enter_body(struct db_conn *conn, void *context, struct err *err)
{
    struct entering *entering = context;
    struct visit *visit = entering->visit;
    const struct staff_row *user = entering->user;
    if (!staff_hold(conn, user, entering->new_hash, &entering->entered, err))
        return false;
    if (!entering->entered)
        return true;
    visit->staff.id = user->id;
    visit->staff.email = user->email;
    return staff_note_login(conn, user->id, visit->now_us, err) &&
           (entering->second ? staff_session_renew(visit, true, err) : staff_session_begin(visit, user->id, err)) &&
           visit_audit(visit, entering->action, STR_NONE, STR_NONE, err);
}

static struct str step_url(const struct visit *visit, const char *path, struct str next)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_z(&url, path);
    buf_z(&url, "?next=");
    buf_url_part(&url, next);
    return buf_text(&url);
}

static bool sign_in_enter(struct visit *visit, struct staff_login_view *view, const struct staff_row *user,
                          struct str new_hash, struct err *err)
{
    struct str next = view->next;
    struct staff_user known = {.role = str_eqz(user->role, "administrator") ? STAFF_ADMINISTRATOR : STAFF_HANDLER,
                               .has_second = user->totp_secret.n > 0};
    bool whole = !staff_needs_second(visit->config, &known);
    struct entering entering = {
        .visit = visit, .user = user, .new_hash = new_hash, .action = whole ? "login" : "login_password"};
    if (!db_transaction(visit->db, login_sign_in_enter_body, &entering, err))
        return false;
    if (!entering.entered)
        return refuse_login(visit, view, user, err);
    staff_device_keep(visit, user->id, new_hash.n ? new_hash : user->password_hash);
    if (whole)
        return visit_redirect(visit, next);
    return visit_redirect(visit,
                          step_url(visit, known.has_second ? "/staff/login/code" : "/staff/second-factor", next));
}

/* Programs may call the parameter `username`, as on the portal's login page. */
static struct str login_name(const struct http_params *form)
{
    struct str email = str_trim(http_param(form, "email"));
    return email.n ? email : str_trim(http_param(form, "username"));
}

bool staff_login_send(struct visit *visit, struct err *err)
{
    struct staff_login_view view = {.next = staff_next(&visit->request->form)};
    struct str password = http_param(&visit->request->form, "password"), new_hash = STR_NONE;
    struct staff_row user;
    bool correct = false;
    view.email.value = login_name(&visit->request->form);
    if (!view.email.value.n || !password.n) {
        visit->response->status = 400;
        view.refusal = visit_tr(visit, _("Fill in address and password."));
        return show_login(visit, &view);
    }
    if (!staff_find(visit->db, visit->arena, view.email.value, &user, err))
        return false;
    if (!staff_check_password(visit, &user, view.email.value, password, &correct, &new_hash, err))
        return answer_wait(visit, err, &view.refusal) && show_login(visit, &view);
    if (!correct || !user.active)
        return refuse_login(visit, &view, &user, err);
    return sign_in_enter(visit, &view, &user, new_hash, err);
}

/* --- second factor ------------------------------------------------------------------------------------------------ */

static void code_field(struct visit *visit, struct field *field)
{
    field->name = STR("code");
    field->label = visit_tr(visit, _("Code"));
    field->hint = visit_tr(visit, _("Six digits from your authenticator app, or one of your recovery codes."));
    field->autocomplete = "one-time-code";
    field->required = true;
    field->max_length = 40;
}

static bool show_code(struct visit *visit, struct staff_code_view *view)
{
    code_field(visit, &view->code);
    view->code.autofocus = true;
    page_begin_narrow(visit, visit_tr(visit, _("Second factor")));
    staff_code_page_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool staff_code_form(struct visit *visit, struct err *err)
{
    struct staff_code_view view = {.next = staff_next(&visit->request->query)};
    (void)err;
    return visit->staff.has_second ? show_code(visit, &view) : visit_redirect(visit, STR("/staff/second-factor"));
}

static bool refuse_code(struct visit *visit, struct staff_code_view *view, struct err *err)
{
    if (!visit_audit(visit, "code_refused", STR_NONE, STR_NONE, err))
        return false;
    visit->response->status = 401;
    http_set(visit->response, "WWW-Authenticate", STR("Cookie realm=\"Kundportal\""));
    view->code.error = visit_tr(visit, _("The code is wrong or too old. Each code works once."));
    return show_code(visit, view);
}

bool staff_code_send(struct visit *visit, struct err *err)
{
    struct staff_code_view view = {.next = staff_next(&visit->request->form)};
    struct staff_row user;
    bool correct = false, recovery = false;
    if (!staff_find_id(visit->db, visit->arena, visit->staff.id, &user, err))
        return false;
    if (!user.totp_secret.n)
        return visit_redirect(visit, STR("/staff/second-factor"));
    if (!staff_check_code(visit, &user, http_param(&visit->request->form, "code"), &correct, &recovery, err))
        return answer_wait(visit, err, &view.refusal) && show_code(visit, &view);
    if (!correct)
        return refuse_code(visit, &view, err);
    struct entering entering = {
        .visit = visit, .user = &user, .second = true, .action = recovery ? "login_recovery_code" : "login"};
    if (!db_transaction(visit->db, login_sign_in_enter_body, &entering, err))
        return false;
    if (!entering.entered)
        return refuse_code(visit, &view, err);
    if (recovery)
        page_notice_next(visit,
                         _("You used a recovery code. It does not work again: make new ones when few are left."));
    return visit_redirect(visit, view.next);
}

bool staff_logout_send(struct visit *visit, struct err *err)
{
    if (!visit_audit(visit, "logout", STR_NONE, STR_NONE, err) || !staff_session_end(visit, err))
        return false;
    page_notice_next(visit, _("You are logged out."));
    return visit_redirect(visit, STR("/staff/login"));
}

/* --- confirming before an important action ------------------------------------------------------------------------ */

static bool show_confirm(struct visit *visit, struct staff_confirm_view *view)
{
    view->with_code = visit->staff.has_second;
    staff_password_field(visit, &view->password, false);
    view->password.autofocus = true;
    code_field(visit, &view->code);
    page_begin_narrow(visit, visit_tr(visit, _("Confirm that it is you")));
    staff_confirm_page_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool staff_confirm_form(struct visit *visit, struct err *err)
{
    struct staff_confirm_view view = {.next = staff_next(&visit->request->query)};
    (void)err;
    return show_confirm(visit, &view);
}

static bool refuse_confirm(struct visit *visit, struct staff_confirm_view *view, struct err *err)
{
    if (!visit_audit(visit, "confirm_refused", STR_NONE, STR_NONE, err))
        return false;
    visit->response->status = 401;
    http_set(visit->response, "WWW-Authenticate", STR("Cookie realm=\"Kundportal\""));
    view->refusal = visit_tr(visit, _("Password or code is wrong."));
    return show_confirm(visit, view);
}

struct proving {
    struct visit *visit;
    struct staff_row user;
    struct str new_hash;
    bool recovery;
    bool still; /* password and second factor are still the ones that were checked */
};

static bool sign_in_prove_body(struct db_conn *conn, void *context, struct err *err)
{
    struct proving *proving = context;
    struct visit *visit = proving->visit;
    if (!staff_hold(conn, &proving->user, proving->new_hash, &proving->still, err))
        return false;
    return !proving->still ||
           (staff_session_renew(visit, false, err) &&
            visit_audit(visit, "confirmed", STR_NONE, proving->recovery ? STR("recovery code") : STR_NONE, err));
}

bool staff_confirm_send(struct visit *visit, struct err *err)
{
    struct staff_confirm_view view = {.next = staff_next(&visit->request->form)};
    struct proving proving = {.visit = visit};
    struct staff_row *user = &proving.user;
    bool correct = false;
    if (!staff_find_id(visit->db, visit->arena, visit->staff.id, user, err))
        return false;
    if (!staff_check_password(visit, user, user->email, http_param(&visit->request->form, "password"), &correct,
                              &proving.new_hash, err))
        return answer_wait(visit, err, &view.refusal) && show_confirm(visit, &view);
    if (correct && user->totp_secret.n &&
        !staff_check_code(visit, user, http_param(&visit->request->form, "code"), &correct, &proving.recovery, err))
        return answer_wait(visit, err, &view.refusal) && show_confirm(visit, &view);
    if (correct && !db_transaction(visit->db, sign_in_prove_body, &proving, err))
        return false;
    return proving.still ? visit_redirect(visit, view.next) : refuse_confirm(visit, &view, err);
}
