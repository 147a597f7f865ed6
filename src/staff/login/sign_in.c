/* /staff/login, /staff/login/code, /staff/logout, /staff/confirm. */
#include "service/audit.h"
#include "staff/login/login.html.h"
#include "staff/login/pages.h"

#define EMAIL_LENGTH 320

struct str staff_next(const struct http_params *params)
{
    struct str next = visit_safe_next(http_param(params, "next"));
    bool within = str_eqz(next, "/staff") || str_starts(next, STR("/staff/")) || str_starts(next, STR("/staff?"));
    bool loops = str_starts(next, STR("/staff/login")) || str_starts(next, STR("/staff/logout")) ||
                 str_starts(next, STR("/staff/confirm")) || str_starts(next, STR("/staff/password"));
    return within && !loops ? next : STR("/staff");
}

static bool show_login(struct visit *visit, struct staff_login_view *view)
{
    field_email(visit, &view->fields[STAFF_EMAIL]);
    field_password(visit, &view->fields[STAFF_PASSWORD]);
    view->fields[STAFF_EMAIL].max_length = EMAIL_LENGTH;
    view->fields[STAFF_EMAIL].autofocus = view->fields[STAFF_EMAIL].value.n == 0;
    view->fields[STAFF_PASSWORD].autofocus = !view->fields[STAFF_EMAIL].autofocus;
    return page_show_narrow(visit, visit_tr(visit, _("Staff login")), staff_login_page_html, view);
}

static void code_field(struct visit *visit, struct field *field)
{
    field->name = STR("code");
    field->label = visit_tr(visit, _("Code"));
    field->hint = visit_tr(visit, _("Six digits from your authenticator app, or one of your recovery codes."));
    field->autocomplete = "one-time-code";
    field->required = true;
    field->max_length = 40;
}

static bool show_code(struct visit *visit, struct staff_login_view *view)
{
    code_field(visit, &view->fields[STAFF_CODE]);
    view->fields[STAFF_CODE].autofocus = true;
    return page_show_narrow(visit, visit_tr(visit, _("Second factor")), staff_code_page_html, view);
}

static bool show_confirm(struct visit *visit, struct staff_login_view *view)
{
    view->with_code = visit->staff.has_second;
    field_password(visit, &view->fields[STAFF_PASSWORD]);
    view->fields[STAFF_PASSWORD].autofocus = true;
    code_field(visit, &view->fields[STAFF_CODE]);
    return page_show_narrow(visit, visit_tr(visit, _("Confirm that it is you")), staff_confirm_page_html, view);
}

struct entering {
    struct visit *visit;
    struct staff_row user;
    struct str new_hash;
    /* The password begins a session, the code makes it whole. To confirm, both are given again. */
    enum { ENTER_PASSWORD, ENTER_CODE, ENTER_CONFIRM } step;
    const char *action;
    bool recovery; /* a recovery code was used up */
    bool entered;  /* false: password, second factor or the right to log in changed while they were checked */
};

static bool staff_enter_body(struct db_conn *conn, void *context, struct err *err)
{
    struct entering *entering = context;
    struct visit *visit = entering->visit;
    const struct staff_row *user = &entering->user;
    bool confirm = entering->step == ENTER_CONFIRM;
    if (!staff_hold(conn, user, entering->new_hash, &entering->entered, err))
        return false;
    if (!entering->entered)
        return true;
    visit->staff.id = user->id;
    visit->staff.email = user->email;
    return (confirm || staff_note_login(conn, user->id, visit->now_us, err)) &&
           (entering->step == ENTER_PASSWORD ? staff_session_begin(visit, user->id, err)
                                             : staff_session_renew(visit, entering->step == ENTER_CODE, err)) &&
           visit_audit(visit, entering->action, STR_NONE,
                       confirm && entering->recovery ? STR("recovery code") : STR_NONE, err);
}

/* --- password ----------------------------------------------------------------------------------------------------- */

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
    const struct audit_entry entry = {.kind = AUDIT_STAFF,
                                      .who_id = user->id,
                                      .who = user->id ? user->email : STR("?"),
                                      .action = "login_refused",
                                      .detail = STR("wrong address or password"),
                                      .client = visit->request->client};
    if (!audit_add(visit->db, &entry, visit->now_us, err))
        return false;
    answer_unproven(visit);
    view->fields[STAFF_EMAIL].error = visit_tr(visit, _("The address or the password is wrong."));
    return show_login(visit, view);
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

/* Programs may call the parameter `username`, as on the portal's login page. */
static struct str login_name(const struct http_params *form)
{
    struct str email = str_trim(http_param(form, "email"));
    return email.n ? email : str_trim(http_param(form, "username"));
}

bool staff_login_send(struct visit *visit, struct err *err)
{
    struct staff_login_view view = {.next = staff_next(&visit->request->form),
                                    .fields[STAFF_EMAIL].value = login_name(&visit->request->form)};
    struct str password = http_param(&visit->request->form, "password");
    struct entering entering = {.visit = visit, .step = ENTER_PASSWORD};
    struct staff_row *user = &entering.user;
    bool correct = false;
    if (!view.fields[STAFF_EMAIL].value.n || !password.n) {
        visit->response->status = 400;
        view.fields[view.fields[STAFF_EMAIL].value.n ? STAFF_PASSWORD : STAFF_EMAIL].error =
            visit_tr(visit, _("Fill in address and password."));
        return show_login(visit, &view);
    }
    if (!staff_find(visit->db, visit->arena, view.fields[STAFF_EMAIL].value, user, err))
        return false;
    if (!staff_check_password(visit, user, view.fields[STAFF_EMAIL].value, password, &correct, &entering.new_hash, err))
        return answer_wait(visit, err, &view.refusal) && show_login(visit, &view);
    const struct staff_user known = {.role = user->role, .has_second = user->totp_secret.n > 0};
    bool whole = !staff_needs_second(visit->config, &known);
    const char *action = whole ? "login" : "login_password";
    entering.action = action;
    if (correct && user->active && !db_transaction(visit->db, staff_enter_body, &entering, err))
        return false;
    if (!entering.entered)
        return refuse_login(visit, &view, user, err);
    staff_device_keep(visit, DEVICE_PASSWORD, user->id, entering.new_hash.n ? entering.new_hash : user->password_hash);
    if (whole)
        return visit_redirect(visit, view.next);
    return visit_redirect(visit,
                          step_url(visit, known.has_second ? "/staff/login/code" : "/staff/second-factor", view.next));
}

bool staff_logout_send(struct visit *visit, struct err *err)
{
    if (!visit_audit(visit, "logout", STR_NONE, STR_NONE, err) || !staff_session_end(visit, err))
        return false;
    page_notice_next(visit, _("You are logged out."));
    return visit_redirect(visit, STR("/staff/login"));
}

/* --- second factor ------------------------------------------------------------------------------------------------ */

bool staff_code_form(struct visit *visit, struct err *err)
{
    struct staff_login_view view = {.next = staff_next(&visit->request->query)};
    (void)err;
    return visit->staff.has_second ? show_code(visit, &view) : visit_redirect(visit, STR("/staff/second-factor"));
}

bool staff_code_send(struct visit *visit, struct err *err)
{
    struct staff_login_view view = {.next = staff_next(&visit->request->form)};
    struct entering entering = {.visit = visit, .step = ENTER_CODE};
    bool correct = false;
    if (!staff_find_id(visit->db, visit->arena, visit->staff.id, &entering.user, err))
        return false;
    if (!entering.user.totp_secret.n)
        return visit_redirect(visit, STR("/staff/second-factor"));
    if (!staff_check_code(visit, &entering.user, http_param(&visit->request->form, "code"), &correct,
                          &entering.recovery, err))
        return answer_wait(visit, err, &view.refusal) && show_code(visit, &view);
    const char *action = entering.recovery ? "login_recovery_code" : "login";
    entering.action = action;
    if (correct && !db_transaction(visit->db, staff_enter_body, &entering, err))
        return false;
    if (!entering.entered) {
        if (!visit_audit(visit, "code_refused", STR_NONE, STR_NONE, err))
            return false;
        answer_unproven(visit);
        view.fields[STAFF_CODE].error = visit_tr(visit, _("The code is wrong or too old. Each code works once."));
        return show_code(visit, &view);
    }
    staff_device_keep(visit, DEVICE_SECOND, entering.user.id, entering.user.totp_secret);
    if (entering.recovery)
        page_notice_next(visit,
                         _("You used a recovery code. It does not work again: make new ones when few are left."));
    return visit_redirect(visit, view.next);
}

/* --- confirming before an important action ------------------------------------------------------------------------ */

bool staff_confirm_form(struct visit *visit, struct err *err)
{
    struct staff_login_view view = {.next = staff_next(&visit->request->query)};
    (void)err;
    return show_confirm(visit, &view);
}

bool staff_confirm_send(struct visit *visit, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    struct staff_login_view view = {.next = staff_next(form)};
    struct entering entering = {.visit = visit, .step = ENTER_CONFIRM, .action = "confirmed"};
    struct staff_row *user = &entering.user;
    bool correct = false;
    if (!staff_find_id(visit->db, visit->arena, visit->staff.id, user, err))
        return false;
    if (!staff_check_password(visit, user, user->email, http_param(form, "password"), &correct, &entering.new_hash,
                              err) ||
        (correct && user->totp_secret.n &&
         !staff_check_code(visit, user, http_param(form, "code"), &correct, &entering.recovery, err)))
        return answer_wait(visit, err, &view.refusal) && show_confirm(visit, &view);
    if (correct && !db_transaction(visit->db, staff_enter_body, &entering, err))
        return false;
    if (entering.entered)
        return visit_redirect(visit, view.next);
    if (!visit_audit(visit, "confirm_refused", STR_NONE, STR_NONE, err))
        return false;
    answer_unproven(visit);
    view.fields[STAFF_PASSWORD].error = visit_tr(visit, _("Password or code is wrong."));
    return show_confirm(visit, &view);
}
