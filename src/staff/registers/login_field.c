/* The field "Användarnamn/Lösenord" of customers and objects (domain 3). It can be written but is never shown. */
#include "model/history.h"
#include "model/login.h"
#include "portal/guess.h"
#include "service/password.h"
#include "staff/registers/internal.h"
#include "staff/registers/views.h"

struct login_setting {
    const struct staff_register *reg;
    struct form form;
    struct str name, hash;
    bool taken; /* another login has the name */
};

/* Records that the login of the row was `before`, and is `after` now; empty: no login. */
static bool login_setting_note(const struct login_setting *setting, struct str before, struct str after,
                               struct err *err)
{
    struct visit *visit = setting->form.visit;
    const char *action = after.n ? "login_set" : "login_removed";
    const struct history_of of = {setting->reg->entity->table_literal, setting->form.id};
    return history_add(visit, of, tr(LANG_SV, _("Login in the portal")), before, after, err) &&
           visit_audit(visit, action,
                       arena_printf(visit->arena, "%s %.*s", setting->reg->path, STR_FMT(setting->form.stored[0])),
                       setting->name, err);
}

static bool login_setting_set(struct db_conn *conn, void *context, struct err *err)
{
    struct login_setting *setting = context;
    struct visit *visit = setting->form.visit;
    const struct shared_login wanted = {.name = setting->name, .set_by = visit->staff.email, .set_us = visit->now_us};
    return staff_session_hold(visit, err) &&
           shared_login_set(conn, visit->arena, setting->reg->login_kind, setting->form.id, &wanted, setting->hash,
                            &setting->taken, err) &&
           (setting->taken || login_setting_note(setting, STR_NONE, setting->name, err));
}

/*
 * Sets the login from a typed `user name/password`. The text is split at the first `/`; both parts must be non-empty.
 * *fault says what is wrong (msgid), or is NULL when the login is set.
 */
static bool login_setting_take(struct login_setting *setting, struct str typed, const struct msgid **fault,
                               struct err *err)
{
    struct visit *visit = setting->form.visit;
    ptrdiff_t slash = str_find_char(typed, '/');
    struct str password = slash < 0 ? STR_NONE : str_slice(typed, (size_t)slash + 1, typed.n);
    setting->name = slash < 0 ? STR_NONE : actor_fold_name(visit->arena, str_slice(typed, 0, (size_t)slash));
    if (!setting->name.n || !password.n || password.n > PASSWORD_MAX_BYTES) {
        *fault = _("Write a user name, a slash and a password: eken/hemligt.");
        return true;
    }
    if (!guess_hash(visit, password, &setting->hash, err) ||
        !db_transaction(visit->db, login_setting_set, setting, err))
        return false;
    if (setting->taken)
        *fault = _("The user name is taken by another login. Names are unique over customers, objects and accounts.");
    return true;
}

bool register_login_send(struct visit *visit, struct err *err)
{
    struct login_setting setting = {.reg = register_of(visit)};
    const struct msgid *fault = NULL;
    if (!register_load_asked(visit, setting.reg, &setting.form, err) ||
        !login_setting_take(&setting, http_param(&visit->request->form, "login"), &fault, err))
        return false;
    if (fault) {
        struct register_form_view view = {.login = {.error = visit_tr(visit, fault)}};
        visit->response->status = 400;
        return register_form_show(visit, setting.reg, &setting.form, &view, err);
    }
    page_notice_next(visit, _("The login is saved."));
    return visit_redirect(visit, register_path(visit->arena, setting.reg, setting.form.stored[0], ""));
}

static bool login_setting_remove(struct db_conn *conn, void *context, struct err *err)
{
    struct login_setting *setting = context;
    struct shared_login login;
    if (!shared_login_find(conn, setting->form.visit->arena, setting->reg->login_kind, setting->form.id, &login, err))
        return false;
    return !login.id || (logins_delete(conn, row_set_of("SELECT CAST($1 AS BIGINT)", login.id), err) &&
                         login_setting_note(setting, login.name, STR_NONE, err));
}

bool register_login_remove(struct visit *visit, struct err *err)
{
    struct login_setting setting = {.reg = register_of(visit)};
    if (!register_load_asked(visit, setting.reg, &setting.form, err) ||
        !db_transaction(visit->db, login_setting_remove, &setting, err))
        return false;
    page_notice_next(visit, _("The login is removed."));
    return visit_redirect(visit, register_path(visit->arena, setting.reg, setting.form.stored[0], ""));
}
