/* /staff/users/{id}: one staff user. */
#include "lists/list.h"
#include "model/staff_user.h"
#include "model/staff_user_fields.h"
#include "service/mail.h"
#include "staff/users/pages.h"
#include "staff/users/users.html.h"
#include "staff/users/views.h"

static struct str user_path(struct arena *arena, int64_t id)
{
    return arena_printf(arena, "/staff/users/%lld", (long long)id);
}

static const struct code STATES[] = {
    [USER_INVITED] = {"invited", _("Invited")},
    [USER_ACTIVE] = {"active", _("Active")},
    [USER_BLOCKED] = {"blocked", _("Blocked")},
};
const struct code_list user_states = {STATES, sizeof STATES / sizeof *STATES};

static bool user_find(struct visit *visit, struct staff_row *user, struct err *err)
{
    int64_t id = 0;
    (void)str_to_int(visit->path_value[0], &id);
    return staff_find_id(visit->db, visit->arena, id, user, err) &&
           (user->id || err_set(err, ERR_NOT_FOUND, NULL, "no such staff user"));
}

/* --- one user ----------------------------------------------------------------------------------------------------- */

void user_form_begin(struct visit *visit, struct form *form, struct str email, enum staff_role role)
{
    form_begin(form, visit, &staff_user_entity);
    form->fields[STAFF_USER_ACTIVE].shown = form->fields[STAFF_USER_LANGUAGE].shown = false;
    form_set(form, STAFF_USER_EMAIL, email, 0);
    form_set(form, STAFF_USER_ROLE, str_of(code_name(&staff_roles, role)), 0);
}

bool user_form_fill(struct form *form, struct form_page *page, struct err *err)
{
    if (!form_fill(form, page, err))
        return false;
    struct field *role = form_page_field(page, STAFF_USER_ROLE);
    role->hint = visit_tr(form->visit, _("Handlers work on cases and registers. Administrators also manage users,"
                                         " settings and imports."));
    role->empty_label = STR_NONE;
    return true;
}

static bool user_show(struct visit *visit, const struct staff_row *user, const struct msgid *refusal, struct str link,
                      struct err *err)
{
    enum user_state state = !user->active ? USER_BLOCKED : user->password_hash.n ? USER_ACTIVE : USER_INVITED;
    struct form form;
    struct form_page page = {.count = 0};
    struct user_view view = {
        .email = user->email,
        .state = visit_tr(visit, code_label(&user_states, state)),
        .second = visit_tr(visit, user->totp_secret.n ? _("Set up") : _("Not set up")),
        .last_login =
            user->last_login ? instant_format_local(visit->arena, user->last_login) : visit_tr(visit, _("Never")),
        .path = user_path(visit->arena, user->id),
        .oneself = user->id == visit->staff.id,
        .blocked = !user->active,
        .has_second = user->totp_secret.n > 0,
        .refusal = visit_tr(visit, refusal),
        .link = link,
    };
    user_form_begin(visit, &form, user->email, user->role);
    if (!user_form_fill(&form, &page, err))
        return false;
    view.role = form_page_field(&page, STAFF_USER_ROLE);
    return page_show_narrow(visit, user->email, user_page_html, &view);
}

bool user_page(struct visit *visit, struct err *err)
{
    struct staff_row user;
    return user_find(visit, &user, err) && user_show(visit, &user, NULL, STR_NONE, err);
}

/* --- changes ------------------------------------------------------------------------------------------------------ */

struct user_change {
    struct visit *visit;
    const struct user_act *act;
    struct staff_row user;
    enum staff_role role; /* the wanted role */
    struct str link;      /* a new one-time link */
    bool refused;         /* the change would leave no administrator, or the address is taken */
};

/* Makes a one-time link and mails it. */
static bool user_make_link(struct user_change *change, struct err *err)
{
    struct visit *visit = change->visit;
    struct str token;
    if (!staff_link_add(visit->db, visit->arena, change->user.id, visit->now_us, &token, err))
        return false;
    change->link = visit_absolute(visit, arena_printf(visit->arena, "/staff/password?token=%.*s", STR_FMT(token)));
    const struct str values[] = {visit->config->name, change->link};
    return mail_queue(visit->db, change->user.email,
                      tr_fill(visit->arena, visit->view.lang, _("Your staff login at {1}"), values, 1),
                      tr_fill(visit->arena, visit->view.lang,
                              _("An administrator of {1} has made a link for you. Choose your password "
                                "here:\n\n{2}\n\nThe link can be used once and for 24 hours.\n"),
                              values, 2),
                      err);
}

static bool user_add_body(struct db_conn *conn, void *context, struct err *err)
{
    struct user_change *change = context;
    struct visit *visit = change->visit;
    struct staff_row *user = &change->user;
    if (!staff_add(conn, visit->arena, user->email, user->role, visit->now_us, &user->id, err))
        return false;
    change->refused = !user->id;
    return change->refused ||
           (user_make_link(change, err) &&
            visit_audit(visit, "staff_added", user->email, str_of(code_name(&staff_roles, user->role)), err));
}

bool users_add_send(struct visit *visit, struct err *err)
{
    struct form form;
    struct user_change change = {.visit = visit, .user = {.active = true}};
    user_form_begin(visit, &form, STR_NONE, STAFF_HANDLER);
    if (!form_read(&form, &visit->request->form, err))
        return false;
    change.user.email = form.values[STAFF_USER_EMAIL];
    change.user.role = (enum staff_role)code_find(&staff_roles, form.values[STAFF_USER_ROLE]);
    if (!form_refused(&form) && !db_transaction(visit->db, user_add_body, &change, err))
        return false;
    if (change.refused)
        form_refuse(&form, STAFF_USER_EMAIL, _("There is a user with this address already."));
    if (!form_refused(&form))
        return user_show(visit, &change.user, NULL, change.link, err);
    visit->response->status = 400;
    return list_show(visit, &users_list, &form, err);
}

/* After a change of role the user logs in again. Only the session of the person who changed their own role goes on. */
static bool user_set_role(struct user_change *change, struct err *err)
{
    struct visit *visit = change->visit;
    return staff_set_role(visit->db, change->user.id, change->role, err) &&
           (change->user.id != visit->staff.id || staff_session_renew(visit, false, err)) &&
           staff_session_end_all(visit->db, change->user.id, visit->session, err);
}

static bool user_block(struct user_change *change, struct err *err)
{
    return staff_set_active(change->visit->db, change->user.id, false, err) &&
           staff_session_end_all(change->visit->db, change->user.id, STR_NONE, err);
}

static bool user_unblock(struct user_change *change, struct err *err)
{
    return staff_set_active(change->visit->db, change->user.id, true, err);
}

static bool user_remove_second(struct user_change *change, struct err *err)
{
    return staff_set_second(change->visit->db, change->user.id, STR_NONE, 0, err) &&
           staff_session_end_all(change->visit->db, change->user.id, STR_NONE, err);
}

static const struct user_act {
    const char *ending; /* of the path */
    const char *action; /* for the audit */
    bool (*change)(struct user_change *change, struct err *err);
} ACTS[] = {
    {.ending = "/role", .action = "staff_role_changed", .change = user_set_role},
    {.ending = "/block", .action = "staff_blocked", .change = user_block},
    {.ending = "/unblock", .action = "staff_unblocked", .change = user_unblock},
    {.ending = "/second-factor", .action = "second_factor_removed", .change = user_remove_second},
    {.ending = "/link", .action = "staff_link_made", .change = user_make_link},
};

/* After the change at least one administrator must be able to log in. Sets change->refused when there would be none. */
static bool user_keep_administrator(struct user_change *change, struct err *err)
{
    int64_t others;
    if (!staff_hold_administrators(change->visit->db, err) || !user_find(change->visit, &change->user, err) ||
        !staff_count_other_administrators(change->visit->db, change->user.id, &others, err))
        return false;
    change->refused = others == 0 && change->user.role == STAFF_ADMINISTRATOR;
    return true;
}

static bool user_change_body(struct db_conn *conn, void *context, struct err *err)
{
    struct user_change *change = context;
    bool takes = change->act->change == user_block ||
                 (change->act->change == user_set_role && change->role != STAFF_ADMINISTRATOR);
    (void)conn;
    if (takes && !user_keep_administrator(change, err))
        return false;
    return change->refused ||
           (change->act->change(change, err) && visit_audit(change->visit, change->act->action, change->user.email,
                                                            str_of(code_name(&staff_roles, change->role)), err));
}

bool user_change_send(struct visit *visit, struct err *err)
{
    struct user_change change = {.visit = visit, .act = ACTS};
    while (!str_ends(visit->request->path, str_of(change.act->ending)))
        change.act++;
    if (change.act->change == user_set_role) {
        ptrdiff_t role = code_find(&staff_roles, http_param(&visit->request->form, "role"));
        if (role <= STAFF_NOBODY)
            return err_set(err, ERR_INVALID, NULL, "role");
        change.role = (enum staff_role)role;
    }
    if (!user_find(visit, &change.user, err))
        return false;
    if (change.act->change == user_make_link && !change.user.active)
        return user_show(visit, &change.user, _("The user is blocked."), STR_NONE, err);
    if (!db_transaction(visit->db, user_change_body, &change, err))
        return false;
    if (change.refused) {
        visit->response->status = 409;
        return user_show(visit, &change.user,
                         _("This is the only administrator who can log in. Make another one first."), STR_NONE, err);
    }
    if (change.link.n)
        return user_show(visit, &change.user, NULL, change.link, err);
    page_notice_next(visit, _("The user is changed."));
    return visit_redirect(visit, user_path(visit->arena, change.user.id));
}
