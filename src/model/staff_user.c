#include "model/staff_user.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/random.h"
#include "service/totp.h"

#include <sodium.h>

#define LINK_BYTES 24

static bool staff_read(struct db_conn *conn, struct arena *arena, const char *where_literal, struct db_value key,
                       struct staff_row *user, struct err *err)
{
    struct str role = STR_NONE;
    bool found = false;
    struct sql sql = sql_start(arena,
                               "SELECT id, email, role, password_hash, totp_secret, totp_step, active, last_login"
                               " FROM staff WHERE {} = ?",
                               SQL(where_literal), key);
    *user = (struct staff_row){.id = 0};
    if (!db_find_sql(conn, arena, &sql,
                     DB_TARGETS(TO(&user->id), TO(&user->email), TO(&role), TO(&user->password_hash),
                                TO(&user->totp_secret), TO(&user->totp_step), TO(&user->active), TO(&user->last_login)),
                     &found, err))
        return false;
    if (found)
        user->role = code_find(&staff_roles, role) == STAFF_ADMINISTRATOR ? STAFF_ADMINISTRATOR : STAFF_HANDLER;
    return true;
}

bool staff_find(struct db_conn *conn, struct arena *arena, struct str email, struct staff_row *user, struct err *err)
{
    return staff_read(conn, arena, "name", DB_TEXT(actor_fold_name(arena, email)), user, err);
}

bool staff_find_id(struct db_conn *conn, struct arena *arena, int64_t id, struct staff_row *user, struct err *err)
{
    return staff_read(conn, arena, "id", DB_INT(id), user, err);
}

static struct db_value staff_role_value(enum staff_role role)
{
    return DB_TEXT(str_of(code_name(&staff_roles, role)));
}

bool staff_add(struct db_conn *conn, struct arena *arena, struct str email, enum staff_role role, int64_t now_us,
               int64_t *id, struct err *err)
{
    bool added = false;
    *id = 0;
    return db_find(
        conn, arena,
        "INSERT INTO staff (email, name, role, created) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (name) DO NOTHING RETURNING id",
        DB_ARGS(DB_TEXT(email), DB_TEXT(actor_fold_name(arena, email)), staff_role_value(role), DB_INT(now_us)),
        DB_TARGETS(TO(id)), &added, err);
}

bool staff_set_role(struct db_conn *conn, int64_t id, enum staff_role role, struct err *err)
{
    return db_exec(conn, "UPDATE staff SET role = $2 WHERE id = $1", DB_ARGS(DB_INT(id), staff_role_value(role)), err);
}

bool staff_set_mails(struct db_conn *conn, int64_t id, int64_t wanted, struct err *err)
{
    return db_exec(conn, "UPDATE staff SET mail_new_cases = $2, mail_messages = $3, mail_decisions = $4 WHERE id = $1",
                   DB_ARGS(DB_INT(id), DB_INT(wanted & 1), DB_INT(wanted >> 1 & 1), DB_INT(wanted >> 2 & 1)), err);
}

bool staff_set_name(struct db_conn *conn, int64_t id, struct str name, struct err *err)
{
    return db_exec(conn, "UPDATE staff SET full_name = $2 WHERE id = $1", DB_ARGS(DB_INT(id), DB_TEXT(name)), err);
}

bool staff_set_active(struct db_conn *conn, int64_t id, bool active, struct err *err)
{
    return db_exec(conn, "UPDATE staff SET active = $2 WHERE id = $1", DB_ARGS(DB_INT(id), DB_INT(active)), err);
}

bool staff_hold_administrators(struct db_conn *conn, struct err *err)
{
    return db_exec(conn, "UPDATE staff SET role = role WHERE role = 'administrator'", DB_NO_ARGS, err);
}

bool staff_count_other_administrators(struct db_conn *conn, int64_t id, int64_t *count, struct err *err)
{
    return db_query_int(conn,
                        "SELECT COUNT(*) FROM staff WHERE role = 'administrator' AND active = 1"
                        " AND password_hash IS NOT NULL AND id <> $1",
                        DB_ARGS(DB_INT(id)), NULL, count, err);
}

bool staff_hold(struct db_conn *conn, const struct staff_row *user, struct str new_hash, bool *still, struct err *err)
{
    *still = false;
    if (!db_exec(conn,
                 "UPDATE staff SET password_hash = $3 WHERE id = $1 AND active = 1 AND password_hash = $2"
                 " AND totp_secret IS NOT DISTINCT FROM $4",
                 DB_ARGS(DB_INT(user->id), DB_TEXT(user->password_hash),
                         DB_TEXT(new_hash.n ? new_hash : user->password_hash), DB_TEXT_OR_NULL(user->totp_secret)),
                 err))
        return false;
    *still = db_changes(conn) == 1;
    return true;
}

bool staff_note_login(struct db_conn *conn, int64_t id, int64_t now_us, struct err *err)
{
    return db_exec(conn, "UPDATE staff SET last_login = $2 WHERE id = $1", DB_ARGS(DB_INT(id), DB_INT(now_us)), err);
}

bool staff_set_password(struct db_conn *conn, int64_t id, struct str hash, int64_t now_us, struct err *err)
{
    return db_exec(conn, "UPDATE staff SET password_hash = $2, password_set = $3 WHERE id = $1",
                   DB_ARGS(DB_INT(id), DB_TEXT(hash), DB_INT(now_us)), err) &&
           db_exec(conn, "DELETE FROM staff_token WHERE staff_id = $1", DB_ARGS(DB_INT(id)), err);
}

bool staff_make(struct db_conn *conn, struct arena *arena, struct str email, enum staff_role role, struct str hash,
                int64_t now_us, struct err *err)
{
    int64_t id = 0;
    return staff_add(conn, arena, email, role, now_us, &id, err) && staff_set_password(conn, id, hash, now_us, err);
}

bool staff_set_second(struct db_conn *conn, int64_t id, struct str secret, int64_t step, struct err *err)
{
    return db_exec(conn, "UPDATE staff SET totp_secret = $2, totp_step = $3 WHERE id = $1",
                   DB_ARGS(DB_INT(id), DB_TEXT_OR_NULL(secret), DB_INT(step)), err) &&
           db_exec(conn, "DELETE FROM staff_recovery_code WHERE staff_id = $1", DB_ARGS(DB_INT(id)), err);
}

bool staff_take_step(struct db_conn *conn, int64_t id, int64_t step, bool *taken, struct err *err)
{
    if (!db_exec(conn, "UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2",
                 DB_ARGS(DB_INT(id), DB_INT(step)), err))
        return false;
    *taken = db_changes(conn) == 1;
    return true;
}

/* --- links -------------------------------------------------------------------------------------------------------- */

bool staff_link_add(struct db_conn *conn, struct arena *arena, int64_t id, int64_t now_us, struct str *token,
                    struct err *err)
{
    *token = random_token(arena, LINK_BYTES);
    return db_exec(conn, "DELETE FROM staff_token WHERE staff_id = $1", DB_ARGS(DB_INT(id)), err) &&
           db_exec(conn, "INSERT INTO staff_token (token_hash, staff_id, expires) VALUES ($1, $2, $3)",
                   DB_ARGS(DB_TEXT(digest_hex(arena, *token)), DB_INT(id),
                           DB_INT(now_us + STAFF_LINK_HOURS * 3600 * US_PER_SECOND)),
                   err);
}

bool staff_link_find(struct db_conn *conn, struct arena *arena, struct str token, int64_t now_us, bool take,
                     int64_t *id, struct err *err)
{
    struct str hash = digest_hex(arena, token);
    bool found = false;
    if (!db_query_int(conn,
                      "SELECT t.staff_id FROM staff_token t JOIN staff u ON u.id = t.staff_id"
                      " WHERE t.token_hash = $1 AND t.expires > $2 AND u.active = 1",
                      DB_ARGS(DB_TEXT(hash), DB_INT(now_us)), &found, id, err))
        return false;
    if (!*id || !take)
        return true;
    if (!db_exec(conn, "DELETE FROM staff_token WHERE token_hash = $1", DB_ARGS(DB_TEXT(hash)), err))
        return false;
    if (db_changes(conn) != 1)
        *id = 0;
    return true;
}

bool staff_links_forget(struct db_conn *conn, int64_t now_us, struct err *err)
{
    return db_exec(conn, "DELETE FROM staff_token WHERE expires < $1", DB_ARGS(DB_INT(now_us)), err);
}

/* --- recovery codes ----------------------------------------------------------------------------------------------- */

bool recovery_make(struct db_conn *conn, struct arena *arena, int64_t id, struct str codes[RECOVERY_CODES],
                   struct err *err)
{
    if (!db_exec(conn, "DELETE FROM staff_recovery_code WHERE staff_id = $1", DB_ARGS(DB_INT(id)), err))
        return false;
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        codes[i] = recovery_code(arena);
        struct str hash = digest_hex(arena, recovery_fold(arena, codes[i]));
        if (!db_exec(conn, "INSERT INTO staff_recovery_code (staff_id, code_hash) VALUES ($1, $2)",
                     DB_ARGS(DB_INT(id), DB_TEXT(hash)), err))
            return false;
    }
    return true;
}

bool recovery_take(struct db_conn *conn, struct arena *arena, int64_t id, struct str code, bool *taken, struct err *err)
{
    struct str hash = digest_hex(arena, recovery_fold(arena, code));
    if (!db_exec(conn, "DELETE FROM staff_recovery_code WHERE staff_id = $1 AND code_hash = $2",
                 DB_ARGS(DB_INT(id), DB_TEXT(hash)), err))
        return false;
    *taken = db_changes(conn) == 1;
    return true;
}

bool recovery_count(struct db_conn *conn, int64_t id, int64_t *left, struct err *err)
{
    return db_query_int(conn, "SELECT COUNT(*) FROM staff_recovery_code WHERE staff_id = $1", DB_ARGS(DB_INT(id)), NULL,
                        left, err);
}
