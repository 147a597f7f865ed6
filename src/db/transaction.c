#include "base/random.h"
#include "db/engine.h"

#include <time.h>

#define ATTEMPTS 5

static void conn_settle(struct db_conn *conn)
{
    const struct engine *engine = conn->db->engine;
    if (conn->rows.open)
        engine->finish(conn);
    conn->rows.open = false;
    if (conn->batching)
        (void)engine->batch_end(conn, NULL);
    conn->batching = false;
}

void db_leave_transaction(struct db_conn *conn)
{
    conn_settle(conn);
    if (conn->state != DB_AUTOCOMMIT)
        conn->db->engine->rollback(conn);
    conn->state = DB_AUTOCOMMIT;
    conn->failed = false;
}

static bool transaction_enter(struct db_conn *conn, bool write, struct err *err)
{
    if (conn->state != DB_AUTOCOMMIT)
        return err_set(err, ERR_INTERNAL, NULL, "a transaction inside a transaction");
    if (conn->rows.open)
        return err_set(err, ERR_INTERNAL, NULL, "a transaction while a result is open");
    conn->transient = false;
    conn->failed = false;
    if (!conn->db->engine->begin(conn, write, err))
        return false;
    conn->state = write ? DB_WRITING : DB_READING;
    return true;
}

/* Waits a random time, so that two transactions that collided do not collide again at once. */
static void pause_before(int attempt)
{
    unsigned char random;
    random_bytes(&random, sizeof random);
    struct timespec wait = {.tv_nsec = INT64_C(1000000) * attempt * (1 + random % 8)};
    (void)nanosleep(&wait, NULL);
}

bool transaction_finish(struct db_conn *conn, bool ok, struct err *err)
{
    if (ok && (conn->rows.open || conn->batching))
        ok = err_set(err, ERR_INTERNAL, NULL, "a transaction left a result or a batch open");
    if (ok && conn->failed)
        ok = err_set(err, ERR_INTERNAL, NULL, "a transaction went on after a failed statement");
    if (ok)
        ok = conn->db->engine->commit(conn, err);
    if (ok)
        conn->state = DB_AUTOCOMMIT;
    else
        db_leave_transaction(conn);
    return ok;
}

static bool attempt_once(struct db_conn *conn, bool (*body)(struct db_conn *conn, void *context, struct err *err),
                         void *context, struct err *err)
{
    return transaction_enter(conn, true, err) && transaction_finish(conn, body(conn, context, err), err);
}

bool db_transaction(struct db_conn *conn, bool (*body)(struct db_conn *conn, void *context, struct err *err),
                    void *context, struct err *err)
{
    struct err cause = {0};
    bool done = false;
    atomic_fetch_add_explicit(&conn->db->writers, 1, memory_order_relaxed);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        cause = (struct err){0};
        done = attempt_once(conn, body, context, &cause);
        if (done || !conn->transient)
            break;
        pause_before(attempt);
    }
    atomic_fetch_sub_explicit(&conn->db->writers, 1, memory_order_relaxed);
    if (!done && err)
        *err = cause;
    return done;
}

void db_read_steady(struct db_conn *conn)
{
    conn->steady = true;
}

bool db_read_begin(struct db_conn *conn, struct err *err)
{
    return transaction_enter(conn, false, err);
}

void db_read_end(struct db_conn *conn)
{
    db_leave_transaction(conn);
}

bool db_script(struct db_conn *conn, const char *statements, struct err *err)
{
    bool ok = conn->db->engine->script(conn, statements, err);
    if (!ok)
        conn->failed = true;
    return ok;
}

void db_forget_statements(struct db_conn *conn)
{
    conn->db->engine->forget(conn);
}
