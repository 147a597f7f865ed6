#include "db/dialect.h"
#include "db/engine.h"

static bool run_all(struct db_conn *conn, const char *const *statement_literals, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!db_exec(conn, statement_literals[i], DB_NO_ARGS, err))
            return false;
    }
    return true;
}

bool db_bulk_prepare(struct db_conn *conn, struct err *err)
{
    static const char *const sqlite_literals[] = {"PRAGMA temp_store = FILE", "PRAGMA cache_size = -24576",
                                                  "PRAGMA temp.cache_size = -12288"};
    static const char *const postgres_literals[] = {"SET statement_timeout = 0", "SET work_mem = '64MB'",
                                                    "SET temp_buffers = '32MB'", "SET maintenance_work_mem = '64MB'",
                                                    "SET gin_pending_list_limit = '32MB'"};
    if (db_conn_engine(conn) == DB_SQLITE)
        return run_all(conn, sqlite_literals, sizeof sqlite_literals / sizeof *sqlite_literals, err);
    return run_all(conn, postgres_literals, sizeof postgres_literals / sizeof *postgres_literals, err);
}

bool db_bulk_stage(struct db_conn *conn, bool (*body)(struct db_conn *conn, void *context, struct err *err),
                   void *context, struct err *err)
{
    /* On both engines a read-only transaction may still change its own temporary tables. */
    if (!db_read_begin(conn, err))
        return false;
    conn->state = DB_WRITING;
    return transaction_finish(conn, body(conn, context, err), err);
}

bool dialect_search_bulk_begin(struct db_conn *conn, struct err *err)
{
    return db_conn_engine(conn) == DB_SQLITE ||
           db_exec(conn, "ALTER INDEX case_search_words SET (fastupdate = on)", DB_NO_ARGS, err);
}

bool dialect_search_bulk_end(struct db_conn *conn, struct err *err)
{
    int64_t pages;
    return db_conn_engine(conn) == DB_SQLITE ||
           (db_query_int(conn, "SELECT gin_clean_pending_list('case_search_words')", DB_NO_ARGS, NULL, &pages, err) &&
            db_exec(conn, "ALTER INDEX case_search_words SET (fastupdate = off)", DB_NO_ARGS, err));
}
