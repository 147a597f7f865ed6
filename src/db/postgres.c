#include "db/postgres.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool postgres_alive(const struct postgres_conn *conn)
{
    return !conn->broken && PQstatus(conn->handle) == CONNECTION_OK;
}

static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

/* Checks the address here, because libpq's own message would repeat it with its password. */
static bool postgres_start(struct db *db, struct err *err)
{
    PQconninfoOption *parsed = PQconninfoParse(db->address, NULL);
    if (!parsed)
        return err_set(err, ERR_INVALID, NULL, "the address of the PostgreSQL database is not valid");
    PQconninfoFree(parsed);
    return true;
}

static void postgres_stop(struct db *db)
{
    (void)db;
}

static bool postgres_session_begin(struct postgres_conn *conn, struct err *err)
{
    const struct db_options *options = &conn->base.db->options;
    const char *encoding = PQparameterStatus(conn->handle, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return err_set(err, ERR_INVALID, NULL, "the PostgreSQL database is not encoded in UTF8");
    char settings[256];
    /* jit is off because compiling costs more than any statement of this program. */
    (void)snprintf(settings, sizeof settings, "SET statement_timeout = %d; SET lock_timeout = %d; SET jit = off",
                   options->statement_timeout_ms > 0 ? options->statement_timeout_ms : 0, options->busy_timeout_ms);
    PGresult *result = PQexec(conn->handle, settings);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK || postgres_fail(conn, result, err);
    PQclear(result);
    return ok && (PQenterPipelineMode(conn->handle) == 1 || postgres_fail(conn, NULL, err));
}

/* Reports the first line of libpq's reason, which names the server but no secret. */
static bool fail_connect(struct postgres_conn *conn, struct err *err)
{
    const char *reason = PQerrorMessage(conn->handle);
    (void)err_set(err, ERR_BUSY, NULL, "postgresql: %.*s", (int)strcspn(reason, "\n"), reason);
    return db_retry_after(err, 5);
}

static void postgres_disconnect(struct db_conn *base)
{
    struct postgres_conn *conn = postgres_of(base);
    statements_clear(&conn->statements);
    PQfinish(conn->handle);
    free(conn->values);
    free(conn->lengths);
    free(conn->formats);
    free(conn->numbers);
    free(conn);
}

static bool postgres_connect(struct db *db, struct db_conn **out, struct err *err)
{
    struct postgres_conn *conn = calloc(1, sizeof *conn);
    if (!conn)
        return err_set(err, ERR_INTERNAL, NULL, "no memory for a connection");
    conn->base.db = db;
    conn->statements.release = postgres_statement_release;
    conn->statements.context = conn;
    /*
     * Keywords after dbname override the address; keywords before it are defaults. A server that vanished silently is
     * given up after half a minute.
     */
    const char *keys[] = {"connect_timeout",
                          "tcp_user_timeout",
                          "keepalives_idle",
                          "fallback_application_name",
                          "dbname",
                          "client_encoding",
                          NULL};
    const char *values[] = {"5", "30000", "30", "kundportal", db->address, "UTF8", NULL};
    conn->handle = PQconnectdbParams(keys, values, 1);
    (void)PQsetNoticeReceiver(conn->handle, ignore_notice, NULL);
    bool ok = postgres_alive(conn) ? postgres_session_begin(conn, err) : fail_connect(conn, err);
    if (!ok) {
        postgres_disconnect(&conn->base);
        return false;
    }
    *out = &conn->base;
    return true;
}

bool postgres_reconnect(struct postgres_conn *conn, struct err *err)
{
    statements_clear(&conn->statements);
    conn->fresh = NULL;
    conn->condemned[0] = '\0';
    conn->ahead = conn->owed = 0;
    conn->reading = conn->broken = false;
    PQreset(conn->handle);
    if (postgres_alive(conn) ? postgres_session_begin(conn, err) : fail_connect(conn, err))
        return true;
    conn->broken = true;
    return false;
}

static bool postgres_usable(struct db_conn *conn)
{
    return postgres_alive(postgres_of(conn));
}

/* An idle connection has nothing to read, unless the server has closed it. */
static bool postgres_wake(struct db_conn *base)
{
    struct postgres_conn *conn = postgres_of(base);
    if (!postgres_settle(conn))
        return false;
    struct pollfd socket = {.fd = PQsocket(conn->handle), .events = POLLIN};
    return poll(&socket, 1, 0) == 0;
}

static bool postgres_begin(struct db_conn *base, bool write, struct err *err)
{
    struct postgres_conn *conn = postgres_of(base);
    if (!postgres_alive(conn) && !postgres_reconnect(conn, err))
        return false;
    conn->opening =
        write ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    return true;
}

static bool send_command(struct postgres_conn *conn, const char *command)
{
    bool sent = PQsendQueryParams(conn->handle, command, 0, NULL, NULL, NULL, NULL, 0) && PQpipelineSync(conn->handle);
    conn->broken = conn->broken || !sent;
    return sent;
}

static bool postgres_commit(struct db_conn *base, struct err *err)
{
    struct postgres_conn *conn = postgres_of(base);
    if (conn->opening) { /* no statement was sent */
        conn->opening = NULL;
        return true;
    }
    PGresult *result = NULL;
    bool ok = send_command(conn, "COMMIT") ? postgres_read_command(conn, &result, err) : postgres_fail(conn, NULL, err);
    ok = (!postgres_alive(conn) || postgres_read_sync(conn, NULL)) && ok;
    if (!postgres_alive(conn)) {
        base->transient = false; /* the commit may have happened, so another run could repeat it */
        ok = err_set(err, ERR_INTERNAL, NULL, "postgresql: the answer to COMMIT was lost");
    } else if (ok && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        ok = err_set(err, ERR_INTERNAL, NULL, "postgresql: the transaction had failed before COMMIT");
    }
    PQclear(result);
    return ok;
}

static void postgres_rollback(struct db_conn *base)
{
    struct postgres_conn *conn = postgres_of(base);
    if (!conn->opening && postgres_alive(conn) && send_command(conn, "ROLLBACK"))
        conn->owed++;
    conn->opening = NULL;
}

bool postgres_script(struct db_conn *base, const char *statements, struct err *err)
{
    struct postgres_conn *conn = postgres_of(base);
    if (!postgres_settle(conn) || !PQexitPipelineMode(conn->handle))
        return postgres_fail(conn, NULL, err);
    PGresult *result = conn->opening ? PQexec(conn->handle, conn->opening) : NULL;
    conn->opening = NULL;
    PQclear(result); /* if this failed, the next call reports it */
    result = PQexec(conn->handle, statements);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    if (!ok && postgres_alive(conn))
        (void)err_set(err, ERR_INTERNAL, NULL, "postgresql %s: %s", PQresultErrorField(result, PG_DIAG_SQLSTATE),
                      PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    else if (!ok)
        (void)postgres_fail(conn, NULL, err);
    PQclear(result);
    conn->broken = PQenterPipelineMode(conn->handle) != 1;
    return ok;
}

static void postgres_forget(struct db_conn *base)
{
    statements_clear(&postgres_of(base)->statements);
    if (!postgres_script(base, "DEALLOCATE ALL", NULL))
        postgres_of(base)->broken = true;
}

const struct engine engine_postgres = {
    .kind = DB_POSTGRES,
    .start = postgres_start,
    .stop = postgres_stop,
    .connect = postgres_connect,
    .disconnect = postgres_disconnect,
    .usable = postgres_usable,
    .wake = postgres_wake,
    .exec = postgres_exec,
    .query = postgres_query,
    .next = postgres_next,
    .finish = postgres_finish,
    .get_int = postgres_int,
    .get_text = postgres_text,
    .get_null = postgres_null,
    .batch_begin = postgres_batch_begin,
    .batch_add = postgres_batch_add,
    .batch_end = postgres_batch_end,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .script = postgres_script,
    .forget = postgres_forget,
    .maintain = postgres_maintain,
    .backup = postgres_backup,
    .restore = postgres_restore,
    .verify = postgres_verify,
};
