/* The field "Användarnamn/Lösenord" of customers and objects (domain 3): written, never shown. */
#include "base/clock.h"
#include "portal/guess.h"
#include "service/password.h"
#include "staff/registers/internal.h"

bool register_login_load(struct visit *visit, const struct staff_register *reg, int64_t id,
                         struct register_login *login, struct err *err)
{
    *login = (struct register_login){.set_us = 0};
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT name, set_by, password_set FROM login WHERE kind = $1 AND owner_id = $2",
                                    DB_ARGS(DB_TEXT(str_of(reg->login_kind)), DB_INT(id)), err);
    if (rows && db_next(rows))
        *login = (struct register_login){db_text_copy(rows, 0, visit->arena), db_text_copy(rows, 1, visit->arena),
                                         db_int(rows, 2)};
    return db_done(rows, err);
}

struct setting {
    struct visit *visit;
    const struct staff_register *reg;
    const struct register_row *row;
    struct str name, hash;
    bool taken; /* somebody else has the name */
};

static struct str subject_of(const struct setting *setting)
{
    return arena_printf(setting->visit->arena, "%s %.*s", setting->reg->path, STR_FMT(setting->row->number));
}

static bool find_login(const struct setting *setting, int64_t *id, struct err *err)
{
    bool found = false;
    if (!db_query_int(setting->visit->db, "SELECT id FROM login WHERE kind = $1 AND owner_id = $2",
                      DB_ARGS(DB_TEXT(str_of(setting->reg->login_kind)), DB_INT(setting->row->id)), &found, id, err))
        return false;
    if (!found)
        *id = 0;
    return true;
}

static bool name_is_taken(struct setting *setting, int64_t own, struct err *err)
{
    int64_t others;
    if (!db_query_int(setting->visit->db, "SELECT COUNT(*) FROM login WHERE name = $1 AND id <> $2",
                      DB_ARGS(DB_TEXT(setting->name), DB_INT(own)), NULL, &others, err))
        return false;
    setting->taken = others > 0;
    return true;
}

static bool write_login(struct setting *setting, int64_t id, struct err *err)
{
    struct visit *visit = setting->visit;
    if (id)
        return db_exec(visit->db,
                       "UPDATE login SET name = $2, password_hash = $3, password_set = $4, set_by = $5 WHERE id = $1",
                       DB_ARGS(DB_INT(id), DB_TEXT(setting->name), DB_TEXT(setting->hash), DB_INT(visit->now_us),
                               DB_TEXT(visit->staff.email)),
                       err) &&
               session_end_all(visit->db, id, STR_NONE, err);
    return db_exec(visit->db,
                   "INSERT INTO login (name, kind, owner_id, password_hash, password_set, set_by)"
                   " VALUES ($1, $2, $3, $4, $5, $6)",
                   DB_ARGS(DB_TEXT(setting->name), DB_TEXT(str_of(setting->reg->login_kind)), DB_INT(setting->row->id),
                           DB_TEXT(setting->hash), DB_INT(visit->now_us), DB_TEXT(visit->staff.email)),
                   err);
}

static bool set_body(struct db_conn *conn, void *context, struct err *err)
{
    struct setting *setting = context;
    int64_t id;
    (void)conn;
    if (!staff_session_hold(setting->visit, err) || !find_login(setting, &id, err) || !name_is_taken(setting, id, err))
        return false;
    return setting->taken || (write_login(setting, id, err) &&
                              visit_audit(setting->visit, "login_set", subject_of(setting), setting->name, err));
}

bool register_login_set(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                        struct str typed, const char **fault, struct err *err)
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

/* What hangs on a login goes with it; cases and messages stay, without saying which login they came from. */
static bool delete_login(struct db_conn *conn, int64_t id, struct err *err)
{
    static const char *const statement_literals[] = {
        "DELETE FROM session WHERE login_id = $1",
        "DELETE FROM mail_token WHERE login_id = $1",
        "DELETE FROM known_device WHERE login_id = $1",
        "DELETE FROM submission WHERE login_id = $1",
        "DELETE FROM view_as WHERE login_id = $1",
        "UPDATE case_message SET login_id = NULL WHERE login_id = $1",
        "UPDATE cases SET created_by = NULL WHERE created_by = $1",
        "DELETE FROM login WHERE id = $1",
    };
    for (size_t i = 0; i < sizeof statement_literals / sizeof *statement_literals; i++) {
        if (!db_exec(conn, statement_literals[i], DB_ARGS(DB_INT(id)), err))
            return false;
    }
    return true;
}

static bool delete_body(struct db_conn *conn, void *context, struct err *err)
{
    struct setting *setting = context;
    int64_t id;
    if (!find_login(setting, &id, err))
        return false;
    return !id || (delete_login(conn, id, err) &&
                   visit_audit(setting->visit, "login_removed", subject_of(setting), STR_NONE, err));
}

bool register_login_delete(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                           struct err *err)
{
    struct setting setting = {.visit = visit, .reg = reg, .row = row};
    return db_transaction(visit->db, delete_body, &setting, err);
}
