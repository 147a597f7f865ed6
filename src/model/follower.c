#include "model/follower.h"

#include "access/scope.h"

bool follower_set(struct visit *visit, int64_t case_id, bool follows, struct err *err)
{
    const struct db_value login = DB_INT(visit->actor.login_id);
    if (!follows)
        return db_exec(visit->db, "DELETE FROM case_follower WHERE login_id = $1 AND case_id = $2",
                       DB_ARGS(login, DB_INT(case_id)), err) &&
               generation_bump_waiting(visit->db, err);
    return db_exec(visit->db,
                   "INSERT INTO case_follower (login_id, case_id, created) VALUES ($1, $2, $3)"
                   " ON CONFLICT (login_id, case_id) DO NOTHING",
                   DB_ARGS(login, DB_INT(case_id), DB_INT(visit->now_us)), err) &&
           generation_bump_waiting(visit->db, err);
}

bool followers_find(struct visit *visit, int64_t case_id, int64_t **logins, size_t *count, struct err *err)
{
    size_t cap = 0;
    *logins = NULL;
    *count = 0;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT l.id FROM case_follower f JOIN login l ON l.id = f.login_id"
                                    " WHERE f.case_id = $1 AND l.kind = 'contact' ORDER BY l.id",
                                    DB_ARGS(DB_INT(case_id)), err);
    for (int64_t id; db_read_next(rows, TO(&id));) {
        *logins = arena_grow(visit->arena, *logins, *count, &cap, sizeof **logins);
        (*logins)[(*count)++] = id;
    }
    return db_done(rows, err);
}

bool followers_copy(struct db_conn *conn, int64_t from, int64_t to, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO case_follower (login_id, case_id, created) SELECT f.login_id, CAST($2 AS BIGINT),"
                   " f.created FROM case_follower f WHERE f.case_id = $1 ON CONFLICT (login_id, case_id) DO NOTHING",
                   DB_ARGS(DB_INT(from), DB_INT(to)), err);
}
