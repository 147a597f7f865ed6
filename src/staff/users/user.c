/* /staff/users/{id}: one staff user. */
#include "lists/list.h"
#include "model/staff_user.h"
#include "service/mail.h"
#include "staff/users/pages.h"
#include "staff/users/users.html.h"
#include "staff/users/views.h"

static const char *const ROLES[2] = {"handler", "administrator"};

static struct str user_path(struct arena *arena, int64_t id)
{
    return arena_printf(arena, "/staff/users/%lld", (long long)id);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

struct user {
    int64_t id;
    struct str email, role;
    bool active, has_password, has_second;
    int64_t last_login;
};

#define USER_SELECT                                                                                                    \
    "SELECT id, email, role, active, CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END,"                               \
    " CASE WHEN totp_secret IS NULL THEN 0 ELSE 1 END, last_login FROM staff"

static struct user user_read_user(struct arena *arena, const struct db_rows *rows)
{
    return (struct user){.id = db_int(rows, 0),
                         .email = db_text_copy(rows, 1, arena),
                         .role = db_text_copy(rows, 2, arena),
                         .active = db_int(rows, 3) != 0,
                         .has_password = db_int(rows, 4) != 0,
                         .has_second = db_int(rows, 5) != 0,
                         .last_login = db_int(rows, 6)};
}

static bool find_user(struct visit *visit, struct user *user, struct err *err)
{
    int64_t id = 0;
    bool sound = str_to_int(visit->path_value[0], &id);
    struct db_rows *rows = db_query(visit->db, visit->arena, USER_SELECT " WHERE id = $1", DB_ARGS(DB_INT(id)), err);
    bool found = db_next(rows);
    if (found)
        *user = user_read_user(visit->arena, rows);
    if (!db_done(rows, err))
        return false;
    return (found && sound) || err_set(err, ERR_NOT_FOUND, NULL, "no such staff user");
}

static const struct code STATES[] = {
    [USER_INVITED] = {"invited", _("Invited")},
    [USER_ACTIVE] = {"active", _("Active")},
    [USER_BLOCKED] = {"blocked", _("Blocked")},
};
const struct code_list user_states = {STATES, sizeof STATES / sizeof *STATES};

static enum user_state user_state_of(const struct user *user)
{
    if (!user->active)
        return USER_BLOCKED;
    return user->has_password ? USER_ACTIVE : USER_INVITED;
}

static struct user_row_view user_row_of(struct visit *visit, const struct user *user)
{
    return (struct user_row_view){
        .email = user->email,
        .state = visit_tr(visit, code_label(&user_states, user_state_of(user))),
        .second = visit_tr(visit, user->has_second ? _("Set up") : _("Not set up")),
        .last_login = user->last_login ? fmt_instant(visit->arena, visit->view.lang, user->last_login)
                                       : visit_tr(visit, _("Never")),
        .url = user_path(visit->arena, user->id),
        .blocked = !user->active,
    };
}

/* --- one user ----------------------------------------------------------------------------------------------------- */

void user_role_fill(struct visit *visit, struct field *field, struct str chosen)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, STAFF_ROLES);
    for (int i = STAFF_HANDLER; i <= STAFF_ADMINISTRATOR; i++)
        options[field->option_count++] =
            (struct option){str_of(code_name(&staff_roles, i)), visit_tr(visit, code_label(&staff_roles, i)),
                            str_eqz(chosen, code_name(&staff_roles, i))};
    field->name = STR("role");
    field->label = visit_tr(visit, _("Role"));
    field->hint = visit_tr(
        visit, _("Handlers work on cases and registers. Administrators also manage users, settings and imports."));
    field->options = options;
}

static bool show_user(struct visit *visit, const struct user *user, struct str refusal, struct str link)
{
    struct user_view view = {.user = user_row_of(visit, user),
                             .path = user_path(visit->arena, user->id),
                             .oneself = user->id == visit->staff.id,
                             .has_second = user->has_second,
                             .refusal = refusal,
                             .link = link};
    user_role_fill(visit, &view.role, user->role);
    page_begin_narrow(visit, user->email);
    user_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool user_page(struct visit *visit, struct err *err)
{
    struct user user;
    return find_user(visit, &user, err) && show_user(visit, &user, STR_NONE, STR_NONE);
}

/* --- links -------------------------------------------------------------------------------------------------------- */

static bool mail_link(struct visit *visit, struct str email, struct str link, struct err *err)
{
    const struct str values[] = {visit->config->name, link};
    return mail_queue(visit->db, email,
                      tr_fill(visit->arena, visit->view.lang, _("Your staff login at {1}"), values, 1),
                      tr_fill(visit->arena, visit->view.lang,
                              _("An administrator of {1} has made a link for you. Choose your password "
                                "here:\n\n{2}\n\nThe link can be used once and for 24 hours.\n"),
                              values, 2),
                      err);
}

struct change {
    struct visit *visit;
    struct user user;
    struct str role, link;
    bool refused; /* the change would leave no administrator */
};

static bool make_link(struct change *change, struct err *err)
{
    struct visit *visit = change->visit;
    struct str token;
    if (!staff_link_add(visit->db, visit->arena, change->user.id, visit->now_us, &token, err))
        return false;
    change->link = visit_absolute(visit, arena_printf(visit->arena, "/staff/password?token=%.*s", STR_FMT(token)));
    return mail_link(visit, change->user.email, change->link, err);
}

static bool add_body(struct db_conn *conn, void *context, struct err *err)
{
    struct change *change = context;
    struct visit *visit = change->visit;
    if (!staff_add(conn, visit->arena, change->user.email, change->user.role, visit->now_us, &change->user.id, err))
        return false;
    change->refused = !change->user.id;
    return change->refused ||
           (make_link(change, err) && visit_audit(visit, "staff_added", change->user.email, change->user.role, err));
}

static bool refuse_add(struct visit *visit, const struct change *change, const struct msgid *why, struct err *err)
{
    const struct typed_user typed = {change->user.email, change->user.role, why};
    visit->response->status = 400;
    return list_show(visit, &users_list, &typed, err);
}

bool users_add_send(struct visit *visit, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    struct change change = {.visit = visit, .user = {.active = true}};
    change.user.email = str_trim(http_param(form, "email"));
    change.user.role = str_eqz(http_param(form, "role"), ROLES[1]) ? str_of(ROLES[1]) : str_of(ROLES[0]);
    if (!mail_address_valid(change.user.email))
        return refuse_add(visit, &change, _("This is no e-mail address. Write it as name@example.com."), err);
    if (!db_transaction(visit->db, add_body, &change, err))
        return false;
    if (change.refused)
        return refuse_add(visit, &change, _("There is a user with this address already."), err);
    return show_user(visit, &change.user, STR_NONE, change.link);
}

static bool link_body(struct db_conn *conn, void *context, struct err *err)
{
    struct change *change = context;
    (void)conn;
    return make_link(change, err) && visit_audit(change->visit, "staff_link_made", change->user.email, STR_NONE, err);
}

bool user_link_send(struct visit *visit, struct err *err)
{
    struct change change = {.visit = visit};
    if (!find_user(visit, &change.user, err))
        return false;
    if (!change.user.active)
        return show_user(visit, &change.user, visit_tr(visit, _("The user is blocked.")), STR_NONE);
    return db_transaction(visit->db, link_body, &change, err) && show_user(visit, &change.user, STR_NONE, change.link);
}

/* --- changes ------------------------------------------------------------------------------------------------------ */

/* After the change at least one administrator must be able to log in. Sets change->refused when there would be none. */
static bool keep_administrator(struct change *change, struct err *err)
{
    int64_t others;
    if (!staff_hold_administrators(change->visit->db, err) || !find_user(change->visit, &change->user, err) ||
        !staff_count_other_administrators(change->visit->db, change->user.id, &others, err))
        return false;
    change->refused = others == 0 && str_eqz(change->user.role, ROLES[1]);
    return true;
}

static bool answer_change(struct change *change)
{
    struct visit *visit = change->visit;
    if (!change->refused) {
        page_notice_next(visit, _("The user is changed."));
        return visit_redirect(visit, user_path(visit->arena, change->user.id));
    }
    visit->response->status = 409;
    return show_user(visit, &change->user,
                     visit_tr(visit, _("This is the only administrator who can log in. Make another one first.")),
                     STR_NONE);
}

static bool role_body(struct db_conn *conn, void *context, struct err *err)
{
    struct change *change = context;
    if (str_eqz(change->role, ROLES[0]) && !keep_administrator(change, err))
        return false;
    return change->refused || (staff_set_role(conn, change->user.id, change->role, err) &&
                               visit_audit(change->visit, "staff_role_changed", change->user.email, change->role, err));
}

bool user_role_send(struct visit *visit, struct err *err)
{
    struct change change = {.visit = visit, .role = http_param(&visit->request->form, "role")};
    if (!str_eqz(change.role, ROLES[0]) && !str_eqz(change.role, ROLES[1]))
        return err_set(err, ERR_INVALID, NULL, "role");
    return find_user(visit, &change.user, err) && db_transaction(visit->db, role_body, &change, err) &&
           answer_change(&change);
}

static bool user_block_body(struct db_conn *conn, void *context, struct err *err)
{
    struct change *change = context;
    if (!keep_administrator(change, err))
        return false;
    return change->refused || (staff_set_active(conn, change->user.id, false, err) &&
                               staff_session_end_all(conn, change->user.id, STR_NONE, err) &&
                               visit_audit(change->visit, "staff_blocked", change->user.email, STR_NONE, err));
}

bool user_block_send(struct visit *visit, struct err *err)
{
    struct change change = {.visit = visit};
    return find_user(visit, &change.user, err) && db_transaction(visit->db, user_block_body, &change, err) &&
           answer_change(&change);
}

static bool unblock_body(struct db_conn *conn, void *context, struct err *err)
{
    struct change *change = context;
    return staff_set_active(conn, change->user.id, true, err) &&
           visit_audit(change->visit, "staff_unblocked", change->user.email, STR_NONE, err);
}

bool user_unblock_send(struct visit *visit, struct err *err)
{
    struct change change = {.visit = visit};
    return find_user(visit, &change.user, err) && db_transaction(visit->db, unblock_body, &change, err) &&
           answer_change(&change);
}

static bool second_body(struct db_conn *conn, void *context, struct err *err)
{
    struct change *change = context;
    return staff_set_second(conn, change->user.id, STR_NONE, 0, err) &&
           staff_session_end_all(conn, change->user.id, STR_NONE, err) &&
           visit_audit(change->visit, "second_factor_removed", change->user.email, STR_NONE, err);
}

bool user_second_send(struct visit *visit, struct err *err)
{
    struct change change = {.visit = visit};
    return find_user(visit, &change.user, err) && db_transaction(visit->db, second_body, &change, err) &&
           answer_change(&change);
}
