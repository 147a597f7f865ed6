/* /staff/password: choosing a password with a one-time link. */
#include "staff/login/login.html.h"
#include "staff/login/pages.h"

static bool show_password(struct visit *visit, struct staff_login_view *view)
{
    field_new_password(visit, &view->fields[STAFF_PASSWORD], staff_passwords);
    view->fields[STAFF_PASSWORD].autofocus = true;
    return page_show_narrow(visit, visit_tr(visit, _("Choose your password")), staff_password_page_html, view);
}

static bool password_show_spent(struct visit *visit)
{
    visit->response->status = 404;
    page_begin_narrow(visit, visit_tr(visit, _("The link no longer works")));
    staff_spent_page_html(&visit->response->body, &visit->view);
    page_end(visit);
    return true;
}

bool staff_password_form(struct visit *visit, struct err *err)
{
    struct staff_login_view view = {.token = http_param(&visit->request->query, "token")};
    struct staff_row user;
    int64_t id;
    if (!staff_link_find(visit->db, visit->arena, view.token, visit->now_us, false, &id, err) ||
        !staff_find_id(visit->db, visit->arena, id, &user, err))
        return false;
    view.address = user.email;
    return user.id ? show_password(visit, &view) : password_show_spent(visit);
}

struct choosing {
    struct visit *visit;
    struct staff_row user;
    struct str token, hash;
    bool taken;
};

/* The link lets the user choose the password and ends all sessions of the user. The second factor stays. */
static bool password_choose_body(struct db_conn *conn, void *context, struct err *err)
{
    struct choosing *choosing = context;
    struct visit *visit = choosing->visit;
    int64_t id;
    if (!staff_link_find(conn, visit->arena, choosing->token, visit->now_us, true, &id, err))
        return false;
    choosing->taken = id == choosing->user.id;
    if (!choosing->taken)
        return true;
    visit->staff.id = id;
    visit->staff.email = choosing->user.email;
    return staff_set_password(conn, id, choosing->hash, visit->now_us, err) &&
           staff_session_end_all(conn, id, STR_NONE, err) &&
           visit_audit(visit, "password_by_link", STR_NONE, STR_NONE, err);
}

bool staff_password_send(struct visit *visit, struct err *err)
{
    struct str password = http_param(&visit->request->form, "password");
    struct choosing choosing = {.visit = visit, .token = http_param(&visit->request->form, "token")};
    int64_t id;
    if (!staff_link_find(visit->db, visit->arena, choosing.token, visit->now_us, false, &id, err) ||
        !staff_find_id(visit->db, visit->arena, id, &choosing.user, err))
        return false;
    if (!choosing.user.id)
        return password_show_spent(visit);
    struct staff_login_view view = {.token = choosing.token, .address = choosing.user.email};
    view.fields[STAFF_PASSWORD].error = new_password_error(visit, password, staff_passwords);
    if (view.fields[STAFF_PASSWORD].error.n) {
        visit->response->status = 400;
        return show_password(visit, &view);
    }
    if (!guess_hash(visit, password, &choosing.hash, err))
        return answer_wait(visit, err, &view.refusal) && show_password(visit, &view);
    if (!db_transaction(visit->db, password_choose_body, &choosing, err))
        return false;
    visit->staff = (struct staff_user){.role = STAFF_NOBODY};
    if (!choosing.taken)
        return password_show_spent(visit);
    staff_device_keep(visit, DEVICE_PASSWORD, choosing.user.id, choosing.hash);
    page_notice_next(visit, _("Your password is saved. Log in with it."));
    return visit_redirect(visit, STR("/staff/login"));
}
