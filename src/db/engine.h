/*
 * The interface between db.h and the two engines: what a connection holds and what an engine must do. Only files of
 * src/db include this.
 *
 * Engines report failures through `struct err`. They set conn->transient when the same transaction may succeed if it
 * runs again. The files above them (pool.c, db.c, transaction.c) guard the order of calls: they start no statement
 * while a result or a batch is open, and none after a failure inside a transaction; texts are valid UTF-8 without NUL.
 */
#pragma once

#include "db/db.h"
#include "db/gate.h"

#include <stdatomic.h>

enum db_state { DB_AUTOCOMMIT, DB_READING, DB_WRITING };

struct db_rows {
    struct db_conn *conn;
    struct arena *arena; /* for the texts that db_read copies */
    bool open;
    bool failed;
    struct err err; /* when failed */
};

struct db_batch {
    struct db_conn *conn;
    bool failed;
    struct err err; /* when failed: the first failure */
};

struct db_conn {
    struct db *db;
    struct db_conn *next; /* in the pool's idle list */
    struct gate *place;   /* the gate whose place this connection takes */
    bool waits;           /* when it writes, it waits for other writers */
    enum db_state state;
    bool failed;    /* a statement of this transaction failed: it can only be rolled back */
    bool transient; /* the failure was a deadlock, a serialization failure or a lost connection */
    bool batching;
    bool steady; /* reads outside a transaction see one moment until the next write */
    int64_t changes;
    struct db_rows rows; /* the only result that may be open */
};

struct engine {
    enum db_engine kind;
    /* start runs before the first connection, stop after the last. */
    bool (*start)(struct db *db, struct err *err);
    void (*stop)(struct db *db);

    bool (*connect)(struct db *db, struct db_conn **conn, struct err *err);
    void (*disconnect)(struct db_conn *conn);
    bool (*usable)(struct db_conn *conn); /* called on release; false: disconnect */
    bool (*wake)(struct db_conn *conn);   /* called before reuse; false: disconnect */

    bool (*exec)(struct db_conn *conn, struct str text, const struct db_value *values, size_t count, struct err *err);
    /*
     * Starts a result; `few` promises that it is small. next sets rows.failed and rows.err when reading stops on an
     * error.
     */
    bool (*query)(struct db_conn *conn, struct str text, const struct db_value *values, size_t count, bool few,
                  struct err *err);
    bool (*next)(struct db_conn *conn);
    void (*finish)(struct db_conn *conn);
    int64_t (*get_int)(const struct db_conn *conn, int column);
    struct str (*get_text)(const struct db_conn *conn, int column);
    bool (*get_null)(const struct db_conn *conn, int column);

    bool (*batch_begin)(struct db_conn *conn, struct str text, struct err *err);
    bool (*batch_add)(struct db_conn *conn, const struct db_value *values, size_t count, struct err *err);
    bool (*batch_end)(struct db_conn *conn, struct err *err);

    bool (*begin)(struct db_conn *conn, bool write, struct err *err);
    bool (*commit)(struct db_conn *conn, struct err *err);
    void (*rollback)(struct db_conn *conn);

    /* Runs several statements without values or rows, in the open transaction. */
    bool (*script)(struct db_conn *conn, const char *statements, struct err *err);
    /* Forgets prepared statements, after the schema changed. */
    void (*forget)(struct db_conn *conn);

    bool (*maintain)(struct db_conn *conn, struct err *err);
    bool (*backup)(struct db_conn *conn, const char *path, struct err *err);
    bool (*restore)(struct db_conn *conn, const char *path, struct err *err);
    bool (*verify)(struct db_conn *conn, struct buf *report, struct err *err);
};

struct db {
    const struct engine *engine;
    char *address;             /* SQLite: the path; PostgreSQL: the URL, which may hold a password: never logged */
    struct db_options options; /* defaults filled in, no zeros */
    struct gate places;
    struct gate write_places; /* used when options.writers is not 0 */
    pthread_mutex_t lock;     /* guards idle */
    struct db_conn *idle;
    struct gate writer; /* SQLite: one writer in this process */
    atomic_int writers; /* transactions that write or wait to write */
    void *shared;       /* belongs to the engine */
};

extern const struct engine engine_sqlite;
extern const struct engine engine_postgres;

/* Sets when to try again, after err_set with ERR_BUSY. Returns false. */
static inline bool db_retry_after(struct err *err, int seconds)
{
    if (err)
        err->retry_after = seconds;
    return false;
}

/* Ends the open result, batch and transaction without keeping changes. */
void db_leave_transaction(struct db_conn *conn);
/* Commits the transaction when its body went well (`ok`), and ends it in any case. Returns whether it was committed. */
bool transaction_finish(struct db_conn *conn, bool ok, struct err *err);
/* Runs statements of a migration; the caller is inside db_transaction. */
MUST_CHECK bool db_script(struct db_conn *conn, const char *statements, struct err *err);
void db_forget_statements(struct db_conn *conn);
