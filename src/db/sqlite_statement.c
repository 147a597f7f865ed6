#include "db/sqlite.h"

#include <stdlib.h>
#include <string.h>

#define MOMENT_MS 100

bool sqlite_writer_enter(struct sqlite_conn *conn, struct err *err)
{
    struct db *db = conn->base.db;
    /* A page that only reads waits a moment to note what was seen, because most writes are over in a millisecond. */
    int patience = conn->base.waits ? db->options.busy_timeout_ms : MOMENT_MS;
    conn->writing = gate_enter(&db->writer, patience);
    if (conn->writing) {
        (void)sqlite3_busy_timeout(conn->handle, patience);
        return true;
    }
    (void)err_set(err, ERR_BUSY, NULL, "another write of this process takes too long");
    return db_retry_after(err, 2);
}

void sqlite_writer_leave(struct sqlite_conn *conn)
{
    if (conn->writing) {
        (void)sqlite3_busy_timeout(conn->handle, conn->base.db->options.busy_timeout_ms);
        gate_leave(&conn->base.db->writer);
    }
    conn->writing = false;
}

void sqlite_statement_release(struct statement *base, void *context)
{
    (void)context;
    struct sqlite_statement *statement = (struct sqlite_statement *)base;
    (void)sqlite3_finalize(statement->handle); /* only repeats the code of the last run */
    free(statement->numbers);
    free(statement);
}

/* SQLite numbers `$n` by its first appearance and treats n as a name, so this finds the real numbers. */
static bool parameters_read(struct sqlite_statement *statement, struct err *err)
{
    statement->parameters = (size_t)sqlite3_bind_parameter_count(statement->handle);
    statement->numbers = calloc(statement->parameters + 1, sizeof *statement->numbers);
    if (!statement->numbers)
        return err_set(err, ERR_INTERNAL, NULL, "no memory for a statement");
    bool ordered = true;
    for (size_t i = 0; i < statement->parameters; i++) {
        const char *name = sqlite3_bind_parameter_name(statement->handle, (int)i + 1);
        int64_t number = 0;
        if (!name || name[0] != '$' || !str_to_int(str_of(name + 1), &number) || number < 1)
            return err_set(err, ERR_INTERNAL, NULL, "a placeholder is not of the form $n");
        statement->numbers[i] = (size_t)number;
        ordered = ordered && (size_t)number == i + 1;
        if (statement->count < (size_t)number)
            statement->count = (size_t)number;
    }
    if (ordered) {
        free(statement->numbers);
        statement->numbers = NULL;
    }
    return true;
}

static bool one_statement(const char *tail)
{
    return tail[strspn(tail, " \t\r\n;")] == '\0';
}

struct sqlite_statement *sqlite_prepare(struct sqlite_conn *conn, struct str text, struct err *err)
{
    struct statement *known = statements_find(&conn->statements, text);
    if (known)
        return (struct sqlite_statement *)known;
    struct sqlite_statement *statement = calloc(1, sizeof *statement);
    if (!statement) {
        (void)err_set(err, ERR_INTERNAL, NULL, "no memory for a statement");
        return NULL;
    }
    const char *tail = "";
    int rc =
        sqlite3_prepare_v3(conn->handle, text.p, (int)text.n + 1, SQLITE_PREPARE_PERSISTENT, &statement->handle, &tail);
    bool ok = false;
    if (rc == SQLITE_ERROR)
        (void)err_set(err, ERR_INTERNAL, NULL, "sqlite %d: %s", rc, sqlite3_errmsg(conn->handle));
    else if (rc != SQLITE_OK)
        (void)sqlite_fail(conn, rc, err);
    else if (!statement->handle || !one_statement(tail))
        (void)err_set(err, ERR_INTERNAL, NULL, "not exactly one statement");
    else
        ok = parameters_read(statement, err);
    if (!ok) {
        sqlite_statement_release(&statement->base, NULL);
        return NULL;
    }
    statement->writes = !sqlite3_stmt_readonly(statement->handle);
    statement->base.text = (struct str){sqlite3_sql(statement->handle), text.n};
    statements_add(&conn->statements, &statement->base);
    return statement;
}

static int bind_one(sqlite3_stmt *handle, int at, const struct db_value *value, sqlite3_destructor_type lifetime)
{
    switch (value->type) {
    case DB_VALUE_INT:
        return sqlite3_bind_int64(handle, at, value->i);
    case DB_VALUE_TEXT:
        return sqlite3_bind_text64(handle, at, value->s.n ? value->s.p : "", value->s.n, lifetime, SQLITE_UTF8);
    case DB_VALUE_NULL:
    case DB_VALUE_SQL:
    case DB_VALUE_CONTAINING:
        break;
    }
    return sqlite3_bind_null(handle, at);
}

static bool bind(struct sqlite_conn *conn, struct sqlite_statement *statement, const struct db_value *values,
                 size_t count, sqlite3_destructor_type lifetime, struct err *err)
{
    if (count != statement->count)
        return err_set(err, ERR_INTERNAL, NULL, "%zu values for %zu placeholders", count, statement->count);
    for (size_t i = 0; i < statement->parameters; i++) {
        size_t number = statement->numbers ? statement->numbers[i] : i + 1;
        int rc = bind_one(statement->handle, (int)i + 1, &values[number - 1], lifetime);
        if (rc != SQLITE_OK)
            return sqlite_fail(conn, rc, err);
    }
    return true;
}

/* A write outside a transaction is a transaction of its own and waits for its turn as well. */
static bool permit(struct sqlite_conn *conn, const struct sqlite_statement *statement, struct err *err)
{
    if (!statement->writes && conn->base.steady && conn->base.state == DB_AUTOCOMMIT)
        return sqlite_hold(conn, err);
    if (!statement->writes || conn->base.state == DB_WRITING)
        return true;
    sqlite_let_go(conn);
    if (conn->base.state == DB_READING)
        return err_set(err, ERR_INTERNAL, NULL, "a write in a read-only transaction");
    return sqlite_writer_enter(conn, err);
}

/* Returns the code of the last step, or of the commit when a write outside a transaction ends here. */
static int statement_end(struct sqlite_conn *conn, struct sqlite_statement *statement)
{
    int rc = sqlite3_reset(statement->handle);
    (void)sqlite3_clear_bindings(statement->handle);
    if (conn->base.state != DB_WRITING)
        sqlite_writer_leave(conn);
    return rc;
}

static bool step_to_end(struct sqlite_conn *conn, struct sqlite_statement *statement, struct err *err)
{
    int rc;
    do
        rc = sqlite3_step(statement->handle);
    while (rc == SQLITE_ROW);
    if (rc != SQLITE_DONE)
        return sqlite_fail(conn, rc, err);
    conn->base.changes = statement->writes ? sqlite3_changes64(conn->handle) : 0;
    return true;
}

bool sqlite_exec(struct db_conn *base, struct str text, const struct db_value *values, size_t count, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(base);
    struct sqlite_statement *statement = sqlite_prepare(conn, text, err);
    if (!statement || !permit(conn, statement, err))
        return false;
    bool ok = bind(conn, statement, values, count, SQLITE_STATIC, err) && step_to_end(conn, statement, err);
    (void)statement_end(conn, statement);
    return ok;
}

bool sqlite_query(struct db_conn *base, struct str text, const struct db_value *values, size_t count, bool few,
                  struct err *err)
{
    (void)few;
    struct sqlite_conn *conn = sqlite_of(base);
    struct sqlite_statement *statement = sqlite_prepare(conn, text, err);
    if (!statement || !permit(conn, statement, err))
        return false;
    if (!bind(conn, statement, values, count, SQLITE_TRANSIENT, err)) {
        (void)statement_end(conn, statement);
        return false;
    }
    conn->current = statement;
    conn->row = false;
    return true;
}

static void rows_fail(struct sqlite_conn *conn, int rc)
{
    conn->base.rows.failed = true;
    conn->base.rows.err = (struct err){0};
    (void)sqlite_fail(conn, rc, &conn->base.rows.err);
}

bool sqlite_next(struct db_conn *base)
{
    struct sqlite_conn *conn = sqlite_of(base);
    if (!conn->current)
        return false;
    int rc = sqlite3_step(conn->current->handle);
    conn->row = rc == SQLITE_ROW;
    if (conn->row)
        return true;
    if (rc != SQLITE_DONE)
        rows_fail(conn, rc);
    sqlite_finish(base); /* otherwise the next call would start it again */
    return false;
}

void sqlite_finish(struct db_conn *base)
{
    struct sqlite_conn *conn = sqlite_of(base);
    if (!conn->current)
        return;
    int rc = statement_end(conn, conn->current);
    base->changes = conn->current->writes ? sqlite3_changes64(conn->handle) : 0;
    if (rc != SQLITE_OK && conn->row)
        rows_fail(conn, rc);
    conn->current = NULL;
    conn->row = false;
}

int64_t sqlite_int(const struct db_conn *base, int column)
{
    const struct sqlite_conn *conn = sqlite_of(base);
    return conn->row ? sqlite3_column_int64(conn->current->handle, column) : 0;
}

struct str sqlite_text(const struct db_conn *base, int column)
{
    const struct sqlite_conn *conn = sqlite_of(base);
    if (!conn->row)
        return STR_NONE;
    const char *text = (const char *)sqlite3_column_text(conn->current->handle, column);
    return (struct str){text, text ? (size_t)sqlite3_column_bytes(conn->current->handle, column) : 0};
}

bool sqlite_null(const struct db_conn *base, int column)
{
    const struct sqlite_conn *conn = sqlite_of(base);
    return !conn->row || sqlite3_column_type(conn->current->handle, column) == SQLITE_NULL;
}

bool sqlite_batch_begin(struct db_conn *base, struct str text, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(base);
    conn->current = sqlite_prepare(conn, text, err);
    return conn->current != NULL;
}

bool sqlite_batch_add(struct db_conn *base, const struct db_value *values, size_t count, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(base);
    bool ok = bind(conn, conn->current, values, count, SQLITE_STATIC, err) && step_to_end(conn, conn->current, err);
    (void)sqlite3_reset(conn->current->handle);
    return ok;
}

bool sqlite_batch_end(struct db_conn *base, struct err *err)
{
    (void)err;
    sqlite_finish(base);
    return true;
}

bool sqlite_script(struct db_conn *base, const char *statements, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(base);
    int rc = sqlite3_exec(conn->handle, statements, NULL, NULL, NULL);
    return rc == SQLITE_OK || err_set(err, ERR_INTERNAL, NULL, "sqlite %d: %s", rc, sqlite3_errmsg(conn->handle));
}
