#include "db/postgres.h"

bool postgres_read_sync(struct postgres_conn *conn, struct err *err)
{
    bool ok = true;
    int silence = 0; /* a lost connection returns NULL for ever */
    while (silence < 2) {
        PGresult *result = PQgetResult(conn->handle);
        ExecStatusType status = PQresultStatus(result);
        silence = result ? 0 : silence + 1;
        if (ok && result && status == PGRES_FATAL_ERROR)
            ok = postgres_fail(conn, result, err);
        if (result && status == PGRES_TUPLES_OK)
            (void)str_to_int(str_of(PQcmdTuples(result)), &conn->base.changes);
        PQclear(result);
        if (result && status == PGRES_PIPELINE_SYNC)
            return ok;
    }
    conn->broken = true;
    return ok && postgres_fail(conn, NULL, err);
}

bool postgres_settle(struct postgres_conn *conn)
{
    for (; conn->owed > 0; conn->owed--)
        (void)postgres_read_sync(conn, NULL); /* end of a transaction that keeps nothing */
    return postgres_alive(conn);
}

bool postgres_read_command(struct postgres_conn *conn, PGresult **last, struct err *err)
{
    bool ok = true, any = false;
    for (PGresult *result; (result = PQgetResult(conn->handle)) != NULL; any = true) {
        ExecStatusType status = PQresultStatus(result);
        bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (ok && status == PGRES_PIPELINE_ABORTED)
            ok = err_set(err, ERR_INTERNAL, NULL, "skipped after an earlier failure");
        else if (ok && !good)
            ok = postgres_fail(conn, result, err);
        if (last && good) {
            PQclear(*last);
            *last = result;
        } else {
            PQclear(result);
        }
    }
    return any ? ok : postgres_fail(conn, NULL, err);
}

bool postgres_read_ahead(struct postgres_conn *conn, struct err *err)
{
    bool ok = true;
    for (; conn->ahead > 0; conn->ahead--)
        ok = postgres_read_command(conn, NULL, ok ? err : NULL) && ok; /* the first failure explains the others */
    if (!ok)
        postgres_fresh_failed(conn);
    conn->fresh = NULL;
    return ok;
}

/*
 * Whether a statement may be sent again after the connection was lost: a read outside a transaction, or the first
 * statement of a transaction.
 */
static bool repeatable(const struct postgres_conn *conn, struct str text, bool opened)
{
    return opened || (conn->base.state == DB_AUTOCOMMIT && str_starts(text, STR("SELECT ")));
}

/*
 * Sends the statement and reads the results of the commands ahead of it. After true, the statement's own results are
 * next.
 */
static bool postgres_result_start(struct postgres_conn *conn, struct str text, const struct db_value *values,
                                  size_t count, struct err *err)
{
    bool ok = postgres_send(conn, text, values, count, true, err);
    if (ok && !postgres_read_ahead(conn, err)) {
        (void)postgres_read_sync(conn, NULL);
        ok = false;
    }
    return ok;
}

/* Reads the first result of the statement: all its rows, or only the first row. */
static bool first_result(struct postgres_conn *conn, bool all, struct err *err)
{
    conn->result = NULL;
    if (all) {
        bool ok = postgres_read_command(conn, &conn->result, err);
        return postgres_read_sync(conn, ok ? err : NULL) && ok;
    }
    (void)PQsetSingleRowMode(conn->handle); /* if this is refused, all rows come at once, which next() reads as well */
    conn->result = PQgetResult(conn->handle);
    ExecStatusType status = PQresultStatus(conn->result);
    if (status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        conn->reading = true;
        return true;
    }
    (void)postgres_fail(conn, conn->result, err);
    PQclear(conn->result);
    conn->result = NULL;
    (void)postgres_read_sync(conn, NULL);
    return false;
}

static void drop_result(struct postgres_conn *conn)
{
    PQclear(conn->result);
    conn->result = NULL;
}

static bool execute(struct postgres_conn *conn, struct str text, const struct db_value *values, size_t count, bool all,
                    struct err *err)
{
    bool repeat = repeatable(conn, text, conn->opening != NULL);
    const char *opening = conn->opening;
    for (;;) {
        struct err cause = {0};
        conn->base.transient = false;
        if (postgres_result_start(conn, text, values, count, &cause) && first_result(conn, all, &cause))
            return true;
        drop_result(conn);
        if (repeat && !postgres_alive(conn) && postgres_reconnect(conn, &cause)) {
            repeat = false;
            conn->opening = opening;
            continue;
        }
        if (err)
            *err = cause;
        return false;
    }
}

bool postgres_exec(struct db_conn *base, struct str text, const struct db_value *values, size_t count, struct err *err)
{
    struct postgres_conn *conn = postgres_of(base);
    base->changes = 0;
    if (!execute(conn, text, values, count, true, err))
        return false;
    (void)str_to_int(str_of(PQcmdTuples(conn->result)), &base->changes);
    drop_result(conn);
    return true;
}

bool postgres_query(struct db_conn *base, struct str text, const struct db_value *values, size_t count, bool few,
                    struct err *err)
{
    struct postgres_conn *conn = postgres_of(base);
    conn->few = few;
    conn->row = -1;
    base->changes = 0;
    return execute(conn, text, values, count, few, err);
}

/* The previous row was read: moves on to the next result. */
static bool advance(struct postgres_conn *conn)
{
    if (!conn->reading)
        return false;
    drop_result(conn);
    conn->result = PQgetResult(conn->handle);
    conn->row = 0;
    ExecStatusType status = PQresultStatus(conn->result);
    if (status == PGRES_SINGLE_TUPLE)
        return true;
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        conn->base.rows.failed = true;
        conn->base.rows.err = (struct err){0};
        (void)postgres_fail(conn, conn->result, &conn->base.rows.err);
    }
    return false;
}

bool postgres_next(struct db_conn *base)
{
    struct postgres_conn *conn = postgres_of(base);
    if (!conn->result)
        return false;
    conn->row++;
    if (conn->row < PQntuples(conn->result))
        return true;
    if (PQresultStatus(conn->result) == PGRES_SINGLE_TUPLE && advance(conn))
        return true;
    postgres_finish(base);
    return false;
}

void postgres_finish(struct db_conn *base)
{
    struct postgres_conn *conn = postgres_of(base);
    struct db_rows *rows = &base->rows;
    if (conn->result)
        (void)str_to_int(str_of(PQcmdTuples(conn->result)), &base->changes);
    drop_result(conn);
    if (conn->reading && !postgres_read_sync(conn, rows->failed ? NULL : &rows->err))
        rows->failed = true;
    conn->reading = false;
}

bool postgres_null(const struct db_conn *base, int column)
{
    const struct postgres_conn *conn = postgres_of(base);
    return !conn->result || column >= PQnfields(conn->result) || PQgetisnull(conn->result, conn->row, column);
}

#define TYPE_BOOL 16

struct str postgres_text(const struct db_conn *base, int column)
{
    const struct postgres_conn *conn = postgres_of(base);
    if (postgres_null(base, column))
        return STR_NONE;
    const char *value = PQgetvalue(conn->result, conn->row, column);
    if (PQftype(conn->result, column) == TYPE_BOOL)
        return value[0] == 't' ? STR("1") : STR("0");
    return (struct str){value, (size_t)PQgetlength(conn->result, conn->row, column)};
}

int64_t postgres_int(const struct db_conn *base, int column)
{
    struct str text = postgres_text(base, column);
    ptrdiff_t point = str_find_char(text, '.'); /* an average has decimals */
    int64_t value = 0;
    (void)str_to_int(point >= 0 ? str_slice(text, 0, (size_t)point) : text, &value);
    return value;
}
