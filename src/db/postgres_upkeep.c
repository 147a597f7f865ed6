#include "db/postgres.h"

/* Autovacuum does the rest, but it may take a minute to start; after an import the plans must be right at once. */
bool postgres_maintain(struct db_conn *conn, struct err *err)
{
    int64_t stale;
    if (!db_exec(conn, "SELECT pg_stat_force_next_flush()", DB_NO_ARGS, err) ||
        !db_query_int(conn,
                      "SELECT count(*) FROM pg_stat_user_tables"
                      " WHERE n_mod_since_analyze > 1000 + n_live_tup / 4",
                      DB_NO_ARGS, NULL, &stale, err))
        return false;
    return stale == 0 || db_exec(conn, "ANALYZE", DB_NO_ARGS, err);
}

/* The server looks after its own files. Only the collation can be missing, when the server was built without ICU. */
bool postgres_verify(struct db_conn *conn, struct buf *report, struct err *err)
{
    int64_t collations;
    if (!db_query_int(conn, "SELECT count(*) FROM pg_collation WHERE collname = 'sv-natural'", DB_NO_ARGS, NULL,
                      &collations, err))
        return false;
    if (collations == 0)
        buf_z(report, "collation: the server has no \"sv-natural\"\n");
    return true;
}
