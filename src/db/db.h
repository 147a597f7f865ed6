/*
 * One database with two engines (SQLite embedded, PostgreSQL) and one dialect of SQL. Only dialect.h holds differences.
 * Rules of the dialect: placeholders are `$1`…; every number and id is BIGINT; booleans are 0/1; instants are BIGINT
 * microseconds; text sorts by bytes unless the query says `COLLATE "sv-natural"` (Swedish alphabet, numbers by value);
 * RETURNING and ON CONFLICT exist; no query uses a function that only one engine has. LIKE is case-sensitive; write
 * ESCAPE. NULLs come first on one engine and last on the other, so write NULLS FIRST or LAST. db_int reads a condition
 * in a column as 0/1.
 *
 * Text given to a statement must be UTF-8 without NUL; other text gives ERR_INVALID. When a statement fails inside a
 * transaction, the transaction is over on both engines: later statements are refused and db_transaction rolls back,
 * whatever the body returns.
 *
 * A request holds a connection only while it works with data, never while the server reads from the client or writes to
 * it. Each connection caches its statements by their text.
 */
#pragma once

#include "base/err.h"
#include "db/sql.h"

struct db;      /* one database with its pool; shared between threads */
struct db_conn; /* a checked-out connection; one thread at a time */
struct db_rows; /* a running result */

enum db_engine { DB_SQLITE, DB_POSTGRES };

struct db_options {
    int connections;        /* size of the pool; 0: the default of 8 */
    int writers;            /* extra places for db_acquire_to_write; 0: it uses those of `connections` */
    int acquire_timeout_ms; /* how long db_acquire waits before ERR_BUSY; 0: 5,000 */
    int busy_timeout_ms;    /* how long a write waits for another writer before ERR_BUSY; 0: 10,000 */
    /* PostgreSQL: how long one statement may run before ERR_BUSY; 0: 60,000, -1: no limit */
    int statement_timeout_ms;
};

/*
 * Opens the database at `sqlite:PATH` or `postgresql://…`; SQLite creates it when it is missing. migrate.h creates the
 * schema. A process that forks must open its databases after the fork.
 */
MUST_CHECK bool db_open(struct db **db, struct str url, const struct db_options *options, struct err *err);
void db_close(struct db *db); /* all connections must be released; NULL is allowed */
/* Returns how many transactions of this process are writing or waiting to write. */
int db_writers(const struct db *db);

MUST_CHECK struct db_conn *db_acquire(struct db *db, struct err *err);
/*
 * Takes a connection for a caller that will write and may wait for other writers. When the pool has extra places for
 * writers (db_options.writers), a waiting writer takes no place from readers. A write on a connection of db_acquire
 * then fails at once with ERR_BUSY while another one writes.
 */
MUST_CHECK struct db_conn *db_acquire_to_write(struct db *db, struct err *err);
void db_release(struct db_conn *conn); /* rolls back a transaction left open; NULL is allowed */
enum db_engine db_conn_engine(const struct db_conn *conn);

/* --- statements --------------------------------------------------------------------------------------------------- */

#define DB_ARGS(...)                                                                                                   \
    (const struct db_value[]){__VA_ARGS__}, sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define DB_NO_ARGS NULL, 0

/* Runs a statement without rows. */
MUST_CHECK bool db_exec(struct db_conn *conn, const char *literal, const struct db_value *values, size_t count,
                        struct err *err);
MUST_CHECK bool db_exec_sql(struct db_conn *conn, const struct sql *sql, struct err *err);
/* Runs statements without rows, one after the other with the same values, and stops at the first failure. */
MUST_CHECK bool db_exec_each(struct db_conn *conn, const char *const *literals, size_t statements,
                             const struct db_value *values, size_t count, struct err *err);
/* The array of statements of db_exec_each, and how many there are. */
#define DB_STATEMENTS(literals_) (literals_), sizeof(literals_) / sizeof *(literals_)
/* Returns how many rows the last db_exec of this connection changed. */
int64_t db_changes(const struct db_conn *conn);

/*
 * Runs a query. Rows are read one by one and are not gathered in memory (PostgreSQL: single-row mode), so each
 * connection has at most one open result. Read with while (db_next(rows)), then always call db_done. db_read copies
 * texts to `arena`. db_text borrows a text until the next db_next.
 */
MUST_CHECK struct db_rows *db_query(struct db_conn *conn, struct arena *arena, const char *literal,
                                    const struct db_value *values, size_t count, struct err *err);
MUST_CHECK struct db_rows *db_query_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql,
                                        struct err *err);
bool db_next(struct db_rows *rows);                         /* NULL, from a query that failed, has no row */
int64_t db_int(const struct db_rows *rows, int column);     /* 0 for NULL */
struct str db_text(const struct db_rows *rows, int column); /* empty for NULL */
struct str db_text_copy(const struct db_rows *rows, int column, struct arena *arena);
bool db_null(const struct db_rows *rows, int column);
/*
 * Ends the result. Returns false when reading stopped on an error. rows may be NULL (err is then already set): returns
 * false.
 */
MUST_CHECK bool db_done(struct db_rows *rows, struct err *err);

/*
 * Reads the columns of a row in the order of the SELECT, and copies its texts to the arena that was given to the query:
 *
 *     struct db_rows *rows = db_query(conn, arena, "SELECT id, number, active FROM customer", DB_NO_ARGS, err);
 *     while (db_next(rows))
 *         db_read(rows, TO(&customer.id), TO(&customer.number), TO(&customer.active));
 *     return db_done(rows, err);
 *
 * TO takes the address of a text, a whole number (int, unsigned, enum, int64_t, size_t) or a bool. TO_NOTHING passes
 * over a column. TO_LENT lends a text until the next db_next instead of copying it. NULL reads as 0, false or the empty
 * text. db_int, db_text and db_null by number are for columns that are known only at run time.
 */
struct db_target {
    enum {
        DB_TARGET_NOTHING,
        DB_TARGET_TEXT,
        DB_TARGET_LENT,
        DB_TARGET_INT,
        DB_TARGET_INT64,
        DB_TARGET_SIZE,
        DB_TARGET_BOOL
    } type;
    void *address;
};
#define TO(address_)                                                                                                   \
    ((struct db_target){_Generic((address_),                                                                           \
                                 struct str *: DB_TARGET_TEXT,                                                         \
                                 int *: DB_TARGET_INT,                                                                 \
                                 unsigned *: DB_TARGET_INT,                                                            \
                                 int64_t *: DB_TARGET_INT64,                                                           \
                                 size_t *: DB_TARGET_SIZE,                                                             \
                                 bool *: DB_TARGET_BOOL),                                                              \
                        (address_)})
#define TO_NOTHING ((struct db_target){DB_TARGET_NOTHING, NULL})
#define TO_LENT(text_) ((struct db_target){DB_TARGET_LENT, 1 ? (text_) : (struct str *)NULL})
#define DB_TARGETS(...)                                                                                                \
    (const struct db_target[]){__VA_ARGS__}, sizeof((const struct db_target[]){__VA_ARGS__}) / sizeof(struct db_target)
#define db_read(rows, ...) db_read_columns(rows, DB_TARGETS(__VA_ARGS__))
void db_read_columns(struct db_rows *rows, const struct db_target *targets, size_t count);
/* Does db_next and then db_read: while (db_read_next(rows, TO(&id), TO(&name))) … */
#define db_read_next(rows, ...) db_read_next_columns(rows, DB_TARGETS(__VA_ARGS__))
bool db_read_next_columns(struct db_rows *rows, const struct db_target *targets, size_t count);
/* Reads the only column of the rows as numbers, at most `cap` of them, and ends the result. */
MUST_CHECK bool db_read_numbers(struct db_rows *rows, int64_t *numbers, size_t cap, size_t *count, struct err *err);
/* Reads the only column of the rows as texts, joined with `between`, and ends the result. */
MUST_CHECK bool db_read_joined(struct db_rows *rows, const char *between, struct str *joined, struct err *err);

/*
 * Runs a query for at most one row and reads that row. The targets are not changed when there is no row. found may be
 * NULL when there is always a row.
 *
 *     db_find(conn, arena, "SELECT id, name FROM customer WHERE number = $1", DB_ARGS(DB_TEXT(number)),
 *             DB_TARGETS(TO(&id), TO(&name)), &found, err)
 */
MUST_CHECK bool db_find(struct db_conn *conn, struct arena *arena, const char *literal, const struct db_value *values,
                        size_t count, const struct db_target *targets, size_t target_count, bool *found,
                        struct err *err);
MUST_CHECK bool db_find_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql,
                            const struct db_target *targets, size_t target_count, bool *found, struct err *err);
/* Does the same for a query of one number; *value is 0 when there is no row. */
MUST_CHECK bool db_query_int(struct db_conn *conn, const char *literal, const struct db_value *values, size_t count,
                             bool *found, int64_t *value, struct err *err);

/*
 * A batch runs one statement many times without waiting for each answer (PostgreSQL pipelines them; SQLite runs each at
 * once). Only inside a transaction. db_batch_end reports the first failure. `literal` stays the same for the whole
 * batch.
 */
struct db_batch;
MUST_CHECK struct db_batch *db_batch_begin(struct db_conn *conn, struct arena *arena, const char *literal,
                                           struct err *err);
/* Begins a batch with an assembled statement. The values in `sql` are not used, and `sql` must outlive the batch. */
MUST_CHECK struct db_batch *db_batch_begin_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql,
                                               struct err *err);
MUST_CHECK bool db_batch_add(struct db_batch *batch, const struct db_value *values, size_t count, struct err *err);
MUST_CHECK bool db_batch_end(struct db_batch *batch, struct err *err);

/* --- transactions ------------------------------------------------------------------------------------------------- */

/*
 * Runs body in a transaction that may write, and commits it. SQLite: BEGIN IMMEDIATE, one writer at a time in this
 * process and across processes. PostgreSQL: READ COMMITTED, unless the body locks. When the engine reports busy, a
 * deadlock or a serialization failure, everything is rolled back and the body runs again, up to five times. So the body
 * must have no effect outside the database that a second run would repeat. When body returns false, the transaction is
 * rolled back and its error is passed on.
 */
MUST_CHECK bool db_transaction(struct db_conn *conn, bool (*body)(struct db_conn *conn, void *context, struct err *err),
                               void *context, struct err *err);
/*
 * From now until the connection is released, on SQLite all reads outside a transaction see the database at one moment.
 * Each write and each transaction ends this moment, and the next read begins a new one. This saves the locks around
 * each statement. It changes nothing on PostgreSQL: there each statement sees its own moment, and a common one would
 * cost extra commands.
 */
void db_read_steady(struct db_conn *conn);
/* db_read_begin starts a read-only snapshot for several queries; db_read_end ends it and never fails. */
MUST_CHECK bool db_read_begin(struct db_conn *conn, struct err *err);
void db_read_end(struct db_conn *conn);

/* Reads the clock of the database, which is the same for all its clients. */
MUST_CHECK bool db_now(struct db_conn *conn, int64_t *now_us, struct err *err);

/* A unique violation becomes ERR_CONFLICT; err->detail then names the constraint. */

/* --- loading much ------------------------------------------------------------------------------------------------- */

/*
 * Prepares a connection for one long load: no time limit for a statement, more memory for sorting and caching
 * (bounded), temporary tables in files. Call it before the first temporary table; afterwards the connection must not
 * serve requests.
 */
MUST_CHECK bool db_bulk_prepare(struct db_conn *conn, struct err *err);
/*
 * Runs body once in a transaction that writes only temporary tables. The body may use batches, and other writers do not
 * wait for it. It reads one snapshot of the database.
 */
MUST_CHECK bool db_bulk_stage(struct db_conn *conn, bool (*body)(struct db_conn *conn, void *context, struct err *err),
                              void *context, struct err *err);

/* --- upkeep ------------------------------------------------------------------------------------------------------- */

/*
 * Checkpoints the WAL, merges full-text segments and refreshes the statistics of the planner. The job process calls
 * this; the work is bounded.
 */
MUST_CHECK bool db_maintain(struct db_conn *conn, struct err *err);
/*
 * Writes a consistent copy to a new file: on SQLite a database, on PostgreSQL a dump for pg_restore (pg_dump makes it
 * and must be installed).
 */
MUST_CHECK bool db_backup(struct db_conn *conn, const char *path, struct err *err);
/* Restores such a copy into a PostgreSQL database without tables, or changes nothing. ERR_INVALID on SQLite. */
MUST_CHECK bool db_restore(struct db_conn *conn, const char *path, struct err *err);
/* Whether a file is a PostgreSQL dump of db_backup, as far as pg_restore can tell without a database. */
MUST_CHECK bool db_dump_check(const char *path, struct err *err);
/*
 * Checks the database: integrity_check and foreign keys on SQLite, a round trip on PostgreSQL, and on both the parts of
 * search words. Appends the problems it finds to *report, one per line.
 */
MUST_CHECK bool db_verify(struct db_conn *conn, struct buf *report, struct err *err);
