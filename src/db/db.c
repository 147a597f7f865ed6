#include "db/engine.h"

#include <string.h>

static bool values_valid(const struct db_value *values, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].type == DB_VALUE_SQL || values[i].type == DB_VALUE_CONTAINING)
            return err_set(err, ERR_INTERNAL, NULL, "value %zu is for sql_put, not for a statement", i + 1);
        if (values[i].type != DB_VALUE_TEXT || values[i].s.n == 0)
            continue;
        if (memchr(values[i].s.p, 0, values[i].s.n) || !utf8_valid(values[i].s))
            return err_set(err, ERR_INVALID, NULL, "value %zu is not UTF-8 text, or contains NUL", i + 1);
    }
    return true;
}

/* Refuses, on both engines, calls that only one of them would accept, so that tests on either engine find them. */
static bool conn_ready(const struct db_conn *conn, struct err *err)
{
    if (conn->rows.open || conn->batching)
        return err_set(err, ERR_INTERNAL, NULL, "a result or a batch of this connection is still open");
    if (conn->failed)
        return err_set(err, ERR_INTERNAL, NULL, "an earlier statement of this transaction failed");
    return true;
}

/* Records a failure, which ends the transaction. */
static bool outcome(struct db_conn *conn, bool ok)
{
    if (!ok && conn->state != DB_AUTOCOMMIT)
        conn->failed = true;
    return ok;
}

static bool exec_text(struct db_conn *conn, struct str text, const struct db_value *values, size_t count,
                      struct err *err)
{
    if (!conn_ready(conn, err) || !values_valid(values, count, err))
        return false;
    return outcome(conn, conn->db->engine->exec(conn, text, values, count, err));
}

bool db_exec(struct db_conn *conn, const char *literal, const struct db_value *values, size_t count, struct err *err)
{
    return exec_text(conn, str_of(literal), values, count, err);
}

bool db_exec_sql(struct db_conn *conn, const struct sql *sql, struct err *err)
{
    return exec_text(conn, buf_text(&sql->text), sql->values, sql->count, err);
}

bool db_exec_each(struct db_conn *conn, const char *const *literals, size_t statements, const struct db_value *values,
                  size_t count, struct err *err)
{
    for (size_t i = 0; i < statements; i++) {
        if (!db_exec(conn, literals[i], values, count, err))
            return false;
    }
    return true;
}

int64_t db_changes(const struct db_conn *conn)
{
    return conn->changes;
}

static struct db_rows *db_start(struct db_conn *conn, struct arena *arena, struct str text,
                                const struct db_value *values, size_t count, bool few, struct err *err)
{
    if (!conn_ready(conn, err) || !values_valid(values, count, err))
        return NULL;
    if (!outcome(conn, conn->db->engine->query(conn, text, values, count, few, err)))
        return NULL;
    conn->rows.conn = conn;
    conn->rows.arena = arena;
    conn->rows.open = true;
    conn->rows.failed = false;
    return &conn->rows;
}

struct db_rows *db_query(struct db_conn *conn, struct arena *arena, const char *literal, const struct db_value *values,
                         size_t count, struct err *err)
{
    return db_start(conn, arena, str_of(literal), values, count, false, err);
}

struct db_rows *db_query_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql, struct err *err)
{
    return db_start(conn, arena, buf_text(&sql->text), sql->values, sql->count, false, err);
}

bool db_next(struct db_rows *rows)
{
    if (!rows || rows->failed)
        return false;
    bool more = rows->conn->db->engine->next(rows->conn);
    (void)outcome(rows->conn, !rows->failed);
    return more;
}

int64_t db_int(const struct db_rows *rows, int column)
{
    return rows->conn->db->engine->get_int(rows->conn, column);
}

struct str db_text(const struct db_rows *rows, int column)
{
    return rows->conn->db->engine->get_text(rows->conn, column);
}

struct str db_text_copy(const struct db_rows *rows, int column, struct arena *arena)
{
    return arena_str(arena, db_text(rows, column));
}

bool db_null(const struct db_rows *rows, int column)
{
    return rows->conn->db->engine->get_null(rows->conn, column);
}

bool db_done(struct db_rows *rows, struct err *err)
{
    if (!rows)
        return false;
    rows->conn->db->engine->finish(rows->conn);
    rows->open = false;
    (void)outcome(rows->conn, !rows->failed);
    if (rows->failed && err)
        *err = rows->err;
    return !rows->failed;
}

static void db_read_column(struct db_rows *rows, int column, const struct db_target *target)
{
    switch (target->type) {
    case DB_TARGET_NOTHING:
        return;
    case DB_TARGET_TEXT:
        *(struct str *)target->address = db_text_copy(rows, column, rows->arena);
        return;
    case DB_TARGET_LENT:
        *(struct str *)target->address = db_text(rows, column);
        return;
    case DB_TARGET_INT:
        *(int *)target->address = (int)db_int(rows, column);
        return;
    case DB_TARGET_INT64:
        *(int64_t *)target->address = db_int(rows, column);
        return;
    case DB_TARGET_SIZE:
        *(size_t *)target->address = (size_t)db_int(rows, column);
        return;
    case DB_TARGET_BOOL:
        *(bool *)target->address = db_int(rows, column) != 0;
        return;
    }
}

void db_read_columns(struct db_rows *rows, const struct db_target *targets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        db_read_column(rows, (int)i, &targets[i]);
}

bool db_read_next_columns(struct db_rows *rows, const struct db_target *targets, size_t count)
{
    if (!db_next(rows))
        return false;
    db_read_columns(rows, targets, count);
    return true;
}

bool db_read_numbers(struct db_rows *rows, int64_t *numbers, size_t cap, size_t *count, struct err *err)
{
    for (*count = 0; *count < cap && db_read_next(rows, TO(&numbers[*count]));)
        ++*count;
    return db_done(rows, err);
}

bool db_read_joined(struct db_rows *rows, const char *between, struct str *joined, struct err *err)
{
    if (!rows)
        return false;
    struct buf text;
    buf_init(&text, rows->arena);
    for (bool first = true; db_next(rows); first = false) {
        buf_z(&text, first ? "" : between);
        buf_str(&text, db_text(rows, 0));
    }
    *joined = buf_text(&text);
    return db_done(rows, err);
}

/* Reads the only row of a result and ends it. */
static bool read_only_row(struct db_rows *rows, const struct db_target *targets, size_t count, bool *found,
                          struct err *err)
{
    bool any = db_next(rows);
    if (any)
        db_read_columns(rows, targets, count);
    if (!db_done(rows, err))
        return false;
    if (found)
        *found = any;
    return found || any || err_set(err, ERR_INTERNAL, NULL, "a query that always has a row had none");
}

bool db_find(struct db_conn *conn, struct arena *arena, const char *literal, const struct db_value *values,
             size_t count, const struct db_target *targets, size_t target_count, bool *found, struct err *err)
{
    return read_only_row(db_start(conn, arena, str_of(literal), values, count, true, err), targets, target_count, found,
                         err);
}

bool db_find_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql, const struct db_target *targets,
                 size_t target_count, bool *found, struct err *err)
{
    return read_only_row(db_start(conn, arena, buf_text(&sql->text), sql->values, sql->count, true, err), targets,
                         target_count, found, err);
}

bool db_query_int(struct db_conn *conn, const char *literal, const struct db_value *values, size_t count, bool *found,
                  int64_t *value, struct err *err)
{
    *value = 0;
    return db_find(conn, NULL, literal, values, count, DB_TARGETS(TO(value)), found, err);
}

static struct db_batch *batch_begin(struct db_conn *conn, struct arena *arena, struct str text, struct err *err)
{
    if (!conn_ready(conn, err))
        return NULL;
    if (conn->state != DB_WRITING) {
        (void)err_set(err, ERR_INTERNAL, NULL, "a batch outside a transaction");
        return NULL;
    }
    if (!outcome(conn, conn->db->engine->batch_begin(conn, text, err)))
        return NULL;
    struct db_batch *batch = ARENA_NEW(arena, struct db_batch);
    batch->conn = conn;
    conn->batching = true;
    return batch;
}

struct db_batch *db_batch_begin(struct db_conn *conn, struct arena *arena, const char *literal, struct err *err)
{
    return batch_begin(conn, arena, str_of(literal), err);
}

struct db_batch *db_batch_begin_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql, struct err *err)
{
    return batch_begin(conn, arena, buf_text(&sql->text), err);
}

bool db_batch_add(struct db_batch *batch, const struct db_value *values, size_t count, struct err *err)
{
    if (!batch->failed)
        batch->failed = !values_valid(values, count, &batch->err) ||
                        !batch->conn->db->engine->batch_add(batch->conn, values, count, &batch->err);
    if (batch->failed && err)
        *err = batch->err;
    return !batch->failed;
}

bool db_batch_end(struct db_batch *batch, struct err *err)
{
    if (!batch)
        return false;
    struct db_conn *conn = batch->conn;
    struct err late = {0};
    conn->batching = false;
    if (!conn->db->engine->batch_end(conn, &late) && !batch->failed) {
        batch->failed = true;
        batch->err = late;
    }
    if (batch->failed && err)
        *err = batch->err;
    return outcome(conn, !batch->failed);
}
