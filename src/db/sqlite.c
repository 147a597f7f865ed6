#include "db/sqlite.h"

#include "base/clock.h"
#include "base/io.h"
#include "db/collation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/*
 * Memory: eight connections must leave most of 64 MiB to the rest of the program. So each has a page cache of 1 MiB,
 * which measured as fast as 4 MiB, and the file is not mapped, because each connection would have a mapping of its own
 * and each of them counts. Pages come from the cache of the kernel. Large sorts and temporary tables go to files for
 * the same reason. wal_autocheckpoint is only the upper bound when no job process calls db_maintain.
 */
static const char connection_settings[] = "PRAGMA journal_mode = WAL;"
                                          "PRAGMA synchronous = FULL;"
                                          "PRAGMA foreign_keys = ON;"
                                          "PRAGMA case_sensitive_like = ON;"
                                          "PRAGMA temp_store = FILE;"
                                          "PRAGMA cache_size = -1024;"
                                          "PRAGMA mmap_size = 0;"
                                          "PRAGMA wal_autocheckpoint = 4000;"
                                          "PRAGMA journal_size_limit = 67108864;";

bool sqlite_fail(struct sqlite_conn *conn, int rc, struct err *err)
{
    static const char unique[] = "UNIQUE constraint failed: ";
    const char *text = sqlite3_errmsg(conn->handle);
    int cause = sqlite3_system_errno(conn->handle);
    switch (rc & 0xff) {
    case SQLITE_CONSTRAINT:
        if (strncmp(text, unique, sizeof unique - 1) == 0)
            return err_set(err, ERR_CONFLICT, NULL, "unique: %s", text + sizeof unique - 1);
        return err_set(err, ERR_INTERNAL, NULL, "sqlite %d: %s", rc, text);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
        (void)err_set(err, ERR_BUSY, NULL, "sqlite %d: %s", rc, sqlite3_errstr(rc));
        return db_retry_after(err, 2);
    case SQLITE_FULL:
        return err_set(err, ERR_FULL, NULL, "sqlite %d: %s", rc, sqlite3_errstr(rc));
    case SQLITE_TOOBIG:
        return err_set(err, ERR_TOO_LARGE, NULL, "sqlite %d: %s", rc, sqlite3_errstr(rc));
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return err_set(err, cause == ENOSPC || cause == EDQUOT ? ERR_FULL : ERR_INTERNAL, NULL,
                       "sqlite %d: %s, errno %d", rc, sqlite3_errstr(rc), cause);
    default:
        return err_set(err, ERR_INTERNAL, NULL, "sqlite %d: %s", rc, sqlite3_errstr(rc));
    }
}

static int configured;

static void configure_library(void)
{
    /* Threads never share a connection. Memory statistics are not used and would take a lock for each allocation. */
    configured = sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
                 sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK;
}

static bool sqlite_start(struct db *db, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, configure_library);
    if (!configured)
        return err_set(err, ERR_INTERNAL, NULL, "sqlite could not be initialized");
    if (!db->address[0] || db->address[0] == ':')
        return err_set(err, ERR_INVALID, NULL, "sqlite: needs the path of a file");
    /* The database holds personal data: only its owner may read a new one, and SQLite its side files likewise. */
    if (!io_create(db->address) && errno != EEXIST)
        return err_errno(err, "cannot create the database");
    db->shared = collation_open(err);
    return db->shared != NULL;
}

static void sqlite_stop(struct db *db)
{
    collation_close(db->shared);
}

/* lower(text) for all alphabets, as on PostgreSQL. */
static void lower_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);
    size_t n = (size_t)sqlite3_value_bytes(values[0]), cap = n * 3 + 1; /* a letter grows threefold at most */
    (void)count;
    if (!text)
        return; /* lower(NULL) is NULL */
    char *made = sqlite3_malloc64(cap);
    size_t made_size = made ? collation_lower(text, n, made, cap) : 0;
    if (!made || made_size > cap) {
        sqlite3_free(made);
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_text64(context, made, made_size, sqlite3_free, SQLITE_UTF8);
}

/*
 * Connections that switch a new database to WAL at the same time get SQLITE_BUSY without any waiting by SQLite, because
 * each could wait for the other. So this tries again.
 */
static int pragmas_run(sqlite3 *handle, int timeout_ms)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    int64_t deadline_us = clock_monotonic_us() + INT64_C(1000) * timeout_ms;
    int rc = sqlite3_exec(handle, connection_settings, NULL, NULL, NULL);
    while ((rc & 0xff) == SQLITE_BUSY && clock_monotonic_us() < deadline_us) {
        (void)nanosleep(&pause, NULL);
        rc = sqlite3_exec(handle, connection_settings, NULL, NULL, NULL);
    }
    return rc;
}

static bool settings_apply(struct sqlite_conn *conn, struct err *err)
{
    struct db *db = conn->base.db;
    sqlite3 *handle = conn->handle;
    int rc = sqlite3_busy_timeout(handle, db->options.busy_timeout_ms);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_create_collation_v2(handle, COLLATION_NAME, SQLITE_UTF8, db->shared, collation_compare, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_create_function(handle, "lower", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                     lower_function, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = pragmas_run(handle, db->options.busy_timeout_ms);
    return rc == SQLITE_OK || sqlite_fail(conn, rc, err);
}

static void sqlite_disconnect(struct db_conn *base)
{
    struct sqlite_conn *conn = sqlite_of(base);
    statements_clear(&conn->statements);
    (void)sqlite3_close(conn->handle); /* cannot be busy: all statements are finalized */
    free(conn);
}

static bool sqlite_connect(struct db *db, struct db_conn **out, struct err *err)
{
    struct sqlite_conn *conn = calloc(1, sizeof *conn);
    if (!conn)
        return err_set(err, ERR_INTERNAL, NULL, "no memory for a connection");
    conn->base.db = db;
    conn->statements.release = sqlite_statement_release;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int rc = sqlite3_open_v2(db->address, &conn->handle, flags, NULL);
    bool ok = rc == SQLITE_OK ? settings_apply(conn, err) : sqlite_fail(conn, rc, err);
    if (!ok) {
        sqlite_disconnect(&conn->base);
        return false;
    }
    *out = &conn->base;
    return true;
}

static bool control(struct sqlite_conn *conn, const char *statement, struct err *err)
{
    struct sqlite_statement *prepared = sqlite_prepare(conn, str_of(statement), err);
    if (!prepared)
        return false;
    int rc = sqlite3_step(prepared->handle);
    bool ok = rc == SQLITE_DONE || sqlite_fail(conn, rc, err);
    (void)sqlite3_reset(prepared->handle);
    return ok;
}

bool sqlite_hold(struct sqlite_conn *conn, struct err *err)
{
    if (!conn->holding)
        conn->holding = control(conn, "BEGIN", err);
    return conn->holding;
}

void sqlite_let_go(struct sqlite_conn *conn)
{
    /* A failure may already have ended the transaction. */
    if (conn->holding && !sqlite3_get_autocommit(conn->handle))
        (void)control(conn, "COMMIT", NULL);
    conn->holding = false;
}

static bool sqlite_usable(struct db_conn *base)
{
    struct sqlite_conn *conn = sqlite_of(base);
    sqlite_let_go(conn);
    return sqlite3_get_autocommit(conn->handle) != 0;
}

static bool sqlite_begin(struct db_conn *base, bool write, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(base);
    sqlite_let_go(conn);
    if (!write)
        return control(conn, "BEGIN", err);
    if (!sqlite_writer_enter(conn, err))
        return false;
    if (control(conn, "BEGIN IMMEDIATE", err))
        return true;
    sqlite_writer_leave(conn);
    return false;
}

static bool sqlite_commit(struct db_conn *base, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(base);
    bool ok = control(conn, "COMMIT", err);
    if (ok)
        sqlite_writer_leave(conn);
    return ok;
}

static void sqlite_rollback(struct db_conn *base)
{
    struct sqlite_conn *conn = sqlite_of(base);
    /* A full disk may already have caused a rollback. */
    if (!sqlite3_get_autocommit(conn->handle))
        (void)control(conn, "ROLLBACK", NULL); /* if this fails, the connection is unusable and is closed */
    sqlite_writer_leave(conn);
}

static void sqlite_forget(struct db_conn *conn)
{
    statements_clear(&sqlite_of(conn)->statements);
}

const struct engine engine_sqlite = {
    .kind = DB_SQLITE,
    .start = sqlite_start,
    .stop = sqlite_stop,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .usable = sqlite_usable,
    .wake = sqlite_usable,
    .exec = sqlite_exec,
    .query = sqlite_query,
    .next = sqlite_next,
    .finish = sqlite_finish,
    .get_int = sqlite_int,
    .get_text = sqlite_text,
    .get_null = sqlite_null,
    .batch_begin = sqlite_batch_begin,
    .batch_add = sqlite_batch_add,
    .batch_end = sqlite_batch_end,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .script = sqlite_script,
    .forget = sqlite_forget,
    .maintain = sqlite_maintain,
    .backup = sqlite_backup,
    .restore = sqlite_restore,
    .verify = sqlite_verify,
};
