/* Shared logins of customers and objects, which many people use. Staff give them a name and a password (domain 3). */
#include "model/login.h"
#include "portal/visit.h"

bool shared_login_find(struct db_conn *conn, struct arena *arena, enum actor_kind kind, int64_t owner_id,
                       struct shared_login *login, struct err *err)
{
    *login = (struct shared_login){.id = 0};
    bool found;
    return db_find(conn, arena, "SELECT id, name, set_by, password_set FROM login WHERE kind = $1 AND owner_id = $2",
                   DB_ARGS(DB_TEXT(str_of(code_name(&login_kinds, kind))), DB_INT(owner_id)),
                   DB_TARGETS(TO(&login->id), TO(&login->name), TO(&login->set_by), TO(&login->set_us)), &found, err);
}

static bool shared_login_write(struct db_conn *conn, int64_t id, enum actor_kind kind, int64_t owner_id,
                               const struct shared_login *wanted, struct str hash, struct err *err)
{
    if (id)
        return db_exec(conn,
                       "UPDATE login SET name = $2, password_hash = $3, password_set = $4, set_by = $5 WHERE id = $1",
                       DB_ARGS(DB_INT(id), DB_TEXT(wanted->name), DB_TEXT(hash), DB_INT(wanted->set_us),
                               DB_TEXT(wanted->set_by)),
                       err) &&
               session_end_all(conn, id, STR_NONE, err);
    return db_exec(conn,
                   "INSERT INTO login (name, kind, owner_id, password_hash, password_set, set_by)"
                   " VALUES ($1, $2, $3, $4, $5, $6)",
                   DB_ARGS(DB_TEXT(wanted->name), DB_TEXT(str_of(code_name(&login_kinds, kind))), DB_INT(owner_id),
                           DB_TEXT(hash), DB_INT(wanted->set_us), DB_TEXT(wanted->set_by)),
                   err);
}

bool shared_login_set(struct db_conn *conn, struct arena *arena, enum actor_kind kind, int64_t owner_id,
                      const struct shared_login *wanted, struct str hash, bool *taken, struct err *err)
{
    struct shared_login now;
    int64_t others;
    if (!shared_login_find(conn, arena, kind, owner_id, &now, err) ||
        !db_query_int(conn, "SELECT COUNT(*) FROM login WHERE name = $1 AND id <> $2",
                      DB_ARGS(DB_TEXT(wanted->name), DB_INT(now.id)), NULL, &others, err))
        return false;
    *taken = others > 0;
    return *taken || shared_login_write(conn, now.id, kind, owner_id, wanted, hash, err);
}
