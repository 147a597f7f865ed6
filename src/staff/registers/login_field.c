/* The field "Användarnamn/Lösenord" of customers and objects (domain 3). It can be written but is never shown. */
#include "model/login.h"
#include "portal/guess.h"
#include "service/password.h"
#include "staff/registers/internal.h"

struct setting {
    struct visit *visit;
    const struct staff_register *reg;
    const struct register_row *row;
    struct str name, hash;
    bool taken; /* another login has the name */
};

static struct str login_field_subject_of(const struct setting *setting)
{
    return arena_printf(setting->visit->arena, "%s %.*s", setting->reg->path, STR_FMT(setting->row->number));
}

static bool set_body(struct db_conn *conn, void *context, struct err *err)
{
    struct setting *setting = context;
    struct visit *visit = setting->visit;
    const struct shared_login wanted = {.name = setting->name, .set_by = visit->staff.email, .set_us = visit->now_us};
    return staff_session_hold(visit, err) &&
           shared_login_set(conn, visit->arena, setting->reg->login_kind, setting->row->id, &wanted, setting->hash,
                            &setting->taken, err) &&
           (setting->taken || visit_audit(visit, "login_set", login_field_subject_of(setting), setting->name, err));
}

bool register_login_set(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                        struct str typed, const struct msgid **fault, struct err *err)
{
    ptrdiff_t slash = str_find_char(typed, '/');
    struct setting setting = {.visit = visit, .reg = reg, .row = row};
    struct str password = slash < 0 ? STR_NONE : str_slice(typed, (size_t)slash + 1, typed.n);
    setting.name = slash < 0 ? STR_NONE : actor_fold_name(visit->arena, str_slice(typed, 0, (size_t)slash));
    *fault = NULL;
    if (!setting.name.n || !password.n || password.n > PASSWORD_MAX_BYTES) {
        *fault = _("Write a user name, a slash and a password: eken/hemligt.");
        return true;
    }
    if (!guess_hash(visit, password, &setting.hash, err) || !db_transaction(visit->db, set_body, &setting, err))
        return false;
    if (setting.taken)
        *fault = _("The user name is taken by another login. Names are unique over customers, objects and accounts.");
    return true;
}

static bool delete_body(struct db_conn *conn, void *context, struct err *err)
{
    struct setting *setting = context;
    struct shared_login login;
    if (!shared_login_find(conn, setting->visit->arena, setting->reg->login_kind, setting->row->id, &login, err))
        return false;
    return !login.id || (logins_delete(conn, row_set_of("SELECT CAST($1 AS BIGINT)", login.id), err) &&
                         visit_audit(setting->visit, "login_removed", login_field_subject_of(setting), STR_NONE, err));
}

bool register_login_delete(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                           struct err *err)
{
    struct setting setting = {.visit = visit, .reg = reg, .row = row};
    return db_transaction(visit->db, delete_body, &setting, err);
}
