#include "model/saved_search.h"

#include "access/scope.h"
#include "portal/kept.h"

static bool saved_searches_count(struct visit *visit, int64_t *count, struct err *err)
{
    return db_query_int(visit->db, "SELECT COUNT(*) FROM saved_search WHERE login_id = $1",
                        DB_ARGS(DB_INT(visit->actor.login_id)), NULL, count, err);
}

/* Most people have saved no search, so that is known without asking the database. */
bool saved_searches_load(struct visit *visit, struct saved_search **searches, size_t *count, struct err *err)
{
    int64_t kept = 0;
    *count = 0;
    if (!kept_count(visit, "saved searches", saved_searches_count, &kept, err))
        return false;
    if (!kept)
        return true;
    struct saved_search *all = *searches = ARENA_ARRAY(visit->arena, struct saved_search, SAVED_SEARCHES_MAX);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT id, name, query FROM saved_search WHERE login_id = $1"
                                    " ORDER BY name COLLATE \"sv-natural\", id LIMIT $2",
                                    DB_ARGS(DB_INT(visit->actor.login_id), DB_INT(SAVED_SEARCHES_MAX)), err);
    while (db_next(rows)) {
        struct saved_search *one = &all[(*count)++];
        db_read(rows, TO(&one->id), TO(&one->name), TO(&one->query));
    }
    return db_done(rows, err);
}

bool saved_search_keep(struct visit *visit, struct str name, struct str query, struct err *err)
{
    int64_t others = 0;
    const struct db_value login = DB_INT(visit->actor.login_id);
    if (!db_query_int(visit->db, "SELECT COUNT(*) FROM saved_search WHERE login_id = $1 AND name <> $2",
                      DB_ARGS(login, DB_TEXT(name)), NULL, &others, err))
        return false;
    if (others >= SAVED_SEARCHES_MAX)
        return err_set(err, ERR_CONFLICT, NULL, "too many saved searches");
    return db_exec(visit->db,
                   "INSERT INTO saved_search (login_id, name, query, created) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (login_id, name) DO UPDATE SET query = excluded.query",
                   DB_ARGS(login, DB_TEXT(name), DB_TEXT(query), DB_INT(visit->now_us)), err) &&
           generation_bump_waiting(visit->db, err);
}

bool saved_search_rename(struct visit *visit, int64_t id, struct str name, struct err *err)
{
    if (!db_exec(visit->db, "UPDATE saved_search SET name = $3 WHERE id = $1 AND login_id = $2",
                 DB_ARGS(DB_INT(id), DB_INT(visit->actor.login_id), DB_TEXT(name)), err))
        return false;
    return db_changes(visit->db) || err_set(err, ERR_NOT_FOUND, NULL, "no such saved search");
}

bool saved_search_delete(struct visit *visit, int64_t id, struct err *err)
{
    return db_exec(visit->db, "DELETE FROM saved_search WHERE id = $1 AND login_id = $2",
                   DB_ARGS(DB_INT(id), DB_INT(visit->actor.login_id)), err) &&
           generation_bump_waiting(visit->db, err);
}
