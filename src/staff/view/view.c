#include "staff/view/view.h"

#include "staff/view/view.html.h"
#include "staff/view/views.h"

#define LOGIN_MAX 254
#define REASON_MAX 200

static bool view_show(struct visit *visit, struct str login, struct str reason, const struct msgid *login_error,
                      const struct msgid *reason_error)
{
    struct view_as_view view = {0};
    view.fields[VIEW_LOGIN] = (struct field){
        .name = STR("login"),
        .label = visit_tr(visit, _("User name")),
        .hint = visit_tr(visit, _("As it is written when logging in: an e-mail address, or the name of a customer's or "
                                  "an object's login.")),
        .value = login,
        .error = visit_tr(visit, login_error),
        .required = true,
        .autocomplete = "off",
        .max_length = LOGIN_MAX,
    };
    view.fields[VIEW_REASON] = (struct field){
        .name = STR("reason"),
        .label = visit_tr(visit, _("Reason")),
        .hint = visit_tr(visit, _("For example the case or the question it is about.")),
        .value = reason,
        .error = visit_tr(visit, reason_error),
        .required = true,
        .max_length = REASON_MAX,
    };
    return page_show_narrow(visit, visit_tr(visit, _("Look as a customer")), view_as_page_html, &view);
}

static bool view_form(struct visit *visit, struct err *err)
{
    (void)err;
    return view_show(visit, http_param(&visit->request->query, "login"), STR_NONE, NULL, NULL);
}

/* *id is 0 when there is no such login, or when it may not log in. */
static bool find_login(struct visit *visit, struct str name, int64_t *id, struct actor *actor, struct err *err)
{
    bool found = false;
    int64_t login_id = 0;
    struct str folded = actor_fold_name(visit->arena, name);
    *id = 0;
    if (!db_query_int(visit->db, "SELECT id FROM login WHERE name = $1", DB_ARGS(DB_TEXT(folded)), &found, &login_id,
                      err))
        return false;
    if (!found)
        return true;
    if (!actor_load(visit->db, visit->arena, login_id, actor, err))
        return false;
    *id = login_kind_is_on(visit->config, actor->kind) ? login_id : 0;
    return true;
}

struct viewing {
    struct visit *visit;
    int64_t login_id;
    struct str login, reason;
};

static bool begin_body(struct db_conn *conn, void *context, struct err *err)
{
    struct viewing *viewing = context;
    (void)conn;
    return view_as_begin(viewing->visit, viewing->login_id, err) &&
           visit_audit(viewing->visit, "view_as_begin", viewing->login, viewing->reason, err);
}

static bool view_send(struct visit *visit, struct err *err)
{
    struct str login = str_trim(http_param(&visit->request->form, "login"));
    struct str reason = field_clean_text(visit->arena, http_param(&visit->request->form, "reason"), false);
    struct actor actor = {.kind = ACTOR_NOBODY};
    struct viewing viewing = {.visit = visit, .reason = reason};
    const struct msgid *login_error = NULL, *reason_error = NULL;
    if (!find_login(visit, login, &viewing.login_id, &actor, err))
        return false;
    if (!viewing.login_id)
        login_error = _("There is no login of this name that can log in now.");
    if (!reason.n)
        reason_error = _("Fill in this field.");
    else if (utf8_count(reason) > REASON_MAX)
        reason_error = _("The text is too long.");
    if (login_error || reason_error) {
        visit->response->status = 400;
        return view_show(visit, login, reason, login_error, reason_error);
    }
    viewing.login = actor.login_name;
    return db_transaction(visit->db, begin_body, &viewing, err) && visit_redirect(visit, STR("/"));
}

static bool end_body(struct db_conn *conn, void *context, struct err *err)
{
    struct visit *visit = context;
    (void)conn;
    return visit_audit(visit, "view_as_end", visit->actor.login_name, STR_NONE, err) && view_as_end(visit, err);
}

static bool view_end(struct visit *visit, struct err *err)
{
    if (!visit->viewer.staff_id)
        return err_set(err, ERR_NOT_FOUND, NULL, "nobody looks as somebody else");
    return db_transaction(visit->db, end_body, visit, err) && visit_redirect(visit, STR("/staff"));
}

static const struct route ROUTES[] = {
    {"GET", "/staff/view-as", view_form, WHO_STAFF, ROUTE_FRESH},
    {"POST", "/staff/view-as", view_send, WHO_STAFF, ROUTE_FRESH},
    {"POST", "/view-as/end", view_end, WHO_LOGIN, ROUTE_VIEWING},
};

static const struct feature_menu MENU[] = {
    {"/staff/view-as", _("Look as a customer"), "eye", WHO_STAFF, .order = 160},
};

const struct feature staff_view_feature = {
    .name = "staff/view",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
};
