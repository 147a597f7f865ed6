/* /staff/account: the user's own password, second factor and sessions. */
#include "parts/notices/notices.h"
#include "staff/login/login.html.h"
#include "staff/login/pages.h"

static bool fill_account(struct visit *visit, struct staff_account_view *view, struct err *err)
{
    int64_t sessions, codes;
    if (!db_query_int(visit->db,
                      "SELECT COUNT(*) FROM staff_session WHERE staff_id = $1 AND last_seen > $2 AND created > $3",
                      DB_ARGS(DB_INT(visit->staff.id),
                              DB_INT(visit->now_us - visit->config->staff_idle_minutes * 60 * US_PER_SECOND),
                              DB_INT(visit->now_us - visit->config->staff_hours * 3600 * US_PER_SECOND)),
                      NULL, &sessions, err) ||
        !recovery_count(visit->db, visit->staff.id, &codes, err))
        return false;
    view->email = visit->staff.email;
    view->role = visit_tr(visit, code_label(&staff_roles, visit->staff.role));
    view->sessions = tr_n(visit->arena, visit->view.lang, _("You are logged in on {n} device."),
                          _("You are logged in on {n} devices."), sessions);
    view->codes_left =
        tr_n(visit->arena, visit->view.lang, _("{n} recovery code is left."), _("{n} recovery codes are left."), codes);
    view->has_second = visit->staff.has_second;
    field_new_password(visit, &view->passwords[1], staff_passwords);
    view->passwords[1].name = STR("new_password");
    field_password(visit, &view->passwords[0]);
    view->passwords[0].name = STR("current_password");
    view->passwords[0].label = visit_tr(visit, _("Current password"));
    return notices_staff_part(visit, &view->mails, err);
}

static bool show_account(struct visit *visit, struct staff_account_view *view, struct err *err)
{
    if (!fill_account(visit, view, err))
        return false;
    return page_show_narrow(visit, visit_tr(visit, _("My account")), staff_account_page_html, view);
}

bool staff_account_page(struct visit *visit, struct err *err)
{
    struct staff_account_view view = {.refusal = STR_NONE};
    return show_account(visit, &view, err);
}

struct saving {
    struct visit *visit;
    struct staff_row user;
    struct str hash;
    bool still; /* the password is still the one that was checked */
};

static bool login_account_save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct saving *saving = context;
    struct visit *visit = saving->visit;
    if (!staff_hold(conn, &saving->user, STR_NONE, &saving->still, err))
        return false;
    return !saving->still || (staff_set_password(conn, visit->staff.id, saving->hash, visit->now_us, err) &&
                              staff_session_renew(visit, false, err) &&
                              staff_session_end_all(conn, visit->staff.id, visit->session, err) &&
                              visit_audit(visit, "password_changed", STR_NONE, STR_NONE, err));
}

/* Checks the current password and hashes the new one. *correct is false when the current password is wrong. */
static bool check_current(struct saving *saving, struct str current, struct str fresh, bool *correct, struct err *err)
{
    struct visit *visit = saving->visit;
    struct str unused;
    return staff_check_password(visit, &saving->user, saving->user.email, current, correct, &unused, err) &&
           (!*correct || guess_hash(visit, fresh, &saving->hash, err));
}

bool staff_account_password_send(struct visit *visit, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    struct staff_account_view view = {.refusal = STR_NONE};
    struct str fresh = http_param(form, "new_password");
    struct saving saving = {.visit = visit};
    bool correct = false;
    view.passwords[1].error = new_password_error(visit, fresh, staff_passwords);
    if (!view.passwords[1].error.n) {
        if (!staff_find_id(visit->db, visit->arena, visit->staff.id, &saving.user, err))
            return false;
        if (!check_current(&saving, http_param(form, "current_password"), fresh, &correct, err))
            return answer_wait(visit, err, &view.refusal) && show_account(visit, &view, err);
        if (correct && !db_transaction(visit->db, login_account_save_body, &saving, err))
            return false;
        if (saving.still) {
            staff_device_keep(visit, DEVICE_PASSWORD, visit->staff.id, saving.hash);
            page_notice_next(visit, _("Your new password is saved. You are logged out on all other devices."));
            return visit_redirect(visit, STR("/staff/account"));
        }
        view.passwords[0].error = visit_tr(visit, _("This is not your current password."));
    }
    visit->response->status = 400;
    return show_account(visit, &view, err);
}

bool staff_everywhere_send(struct visit *visit, struct err *err)
{
    if (!staff_session_end_all(visit->db, visit->staff.id, visit->session, err) ||
        !visit_audit(visit, "logout_everywhere", STR_NONE, STR_NONE, err))
        return false;
    page_notice_next(visit, _("You are logged out on all other devices."));
    return visit_redirect(visit, STR("/staff/account"));
}
