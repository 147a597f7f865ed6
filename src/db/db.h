/*
 * One database, two engines (SQLite embedded, PostgreSQL), one dialect. Differences live in dialect.h alone. Dialect
 * rules: placeholders `$1`…; BIGINT for every number and id; booleans are 0/1; instants are BIGINT microseconds; text
 * sorts by bytes unless `COLLATE "sv-natural"` is written (Swedish alphabet, numbers by value); RETURNING and ON
 * CONFLICT are there; no engine function that the other lacks. LIKE is case-sensitive; write ESCAPE. NULLs come first
 * on one engine and last on the other: write NULLS FIRST or LAST. A condition as a column reads as 0/1 by db_int.
 *
 * Text given to a statement must be UTF-8 without NUL, else ERR_INVALID. A statement that fails inside a transaction
 * ends it on both engines: later ones are refused and db_transaction rolls back, whatever the body returns.
 *
 * A connection is checked out for the time a request works with data and is never held while the client is read from or
 * written to. Statements are cached per connection by their text.
 */
#ifndef KP_DB_DB_H
#define KP_DB_DB_H

#include "base/err.h"
#include "db/sql.h"

struct db;      /* one database with its pool; shared between threads */
struct db_conn; /* a checked-out connection; one thread at a time */
struct db_rows; /* a running result */

enum db_engine { DB_SQLITE, DB_POSTGRES };

struct db_options {
    int connections;        /* size of the pool; 0 takes the default of 8 */
    int writers;            /* places beside `connections` that db_acquire_to_write takes; 0: it takes those, too */
    int acquire_timeout_ms; /* how long db_acquire waits; 0 takes 5,000; then ERR_BUSY */
    int busy_timeout_ms;    /* how long a write waits for another writer; 0 takes 10,000; then ERR_BUSY */
    /* PostgreSQL: how long one statement may run; 0 takes 60,000, -1 sets no limit; then ERR_BUSY */
    int statement_timeout_ms;
};

/*
 * `sqlite:PATH` or `postgresql://…`. Opens (SQLite: creates) the database; the schema is migrate.h's. A process that
 * forks opens its databases after the fork.
 */
bool db_open(struct db **db, struct str url, const struct db_options *options, struct err *err)
    __attribute__((warn_unused_result));
void db_close(struct db *db); /* all connections must be back; NULL is allowed */
enum db_engine db_engine(const struct db *db);
/* Transactions of this process that write, or wait until they may. */
int db_writers(const struct db *db);

struct db_conn *db_acquire(struct db *db, struct err *err) __attribute__((warn_unused_result));
/*
 * For whoever will write, and may wait for others that write. When the pool has places for that, waiting takes none
 * from those who read; and a write on a connection of db_acquire is refused with ERR_BUSY at once when another one
 * writes.
 */
struct db_conn *db_acquire_to_write(struct db *db, struct err *err) __attribute__((warn_unused_result));
void db_release(struct db_conn *conn); /* rolls back a transaction left open; NULL is allowed */
enum db_engine db_conn_engine(const struct db_conn *conn);

/* --- statements --------------------------------------------------------------------------------------------------- */

#define DB_ARGS(...)                                                                                                   \
    (const struct db_value[]){__VA_ARGS__}, sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define DB_NO_ARGS NULL, 0

/* Runs a statement without rows. */
bool db_exec(struct db_conn *conn, const char *literal, const struct db_value *values, size_t count, struct err *err)
    __attribute__((warn_unused_result));
bool db_exec_sql(struct db_conn *conn, const struct sql *sql, struct err *err) __attribute__((warn_unused_result));
/* Rows touched by the last db_exec of this connection. */
int64_t db_changes(const struct db_conn *conn);

/*
 * Runs a query. Rows are read one by one and nothing is gathered in memory (on PostgreSQL: single-row mode), so one
 * result may be open per connection at a time. Read with while (db_next(rows)), then db_done, always. Texts of a row
 * live in `arena`-independent memory until the next db_next: copy what you keep (db_text_copy).
 */
struct db_rows *db_query(struct db_conn *conn, struct arena *arena, const char *literal, const struct db_value *values,
                         size_t count, struct err *err) __attribute__((warn_unused_result));
struct db_rows *db_query_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql, struct err *err)
    __attribute__((warn_unused_result));
bool db_next(struct db_rows *rows);
int64_t db_int(const struct db_rows *rows, int column);     /* 0 for NULL */
struct str db_text(const struct db_rows *rows, int column); /* empty for NULL */
struct str db_text_copy(const struct db_rows *rows, int column, struct arena *arena);
bool db_null(const struct db_rows *rows, int column);
/*
 * Ends the result; false when reading stopped on an error. rows may be NULL (then err is already set): returns false.
 */
bool db_done(struct db_rows *rows, struct err *err) __attribute__((warn_unused_result));

/* A query for at most one row and its first column as a number. *found may be NULL when a row is certain. */
bool db_query_int(struct db_conn *conn, const char *literal, const struct db_value *values, size_t count, bool *found,
                  int64_t *value, struct err *err) __attribute__((warn_unused_result));

/*
 * Many runs of one statement without waiting for each answer (PostgreSQL pipelines them; SQLite steps at once). Inside
 * a transaction. The first failure is reported by db_batch_end. `literal` stays the same for the batch.
 */
struct db_batch;
struct db_batch *db_batch_begin(struct db_conn *conn, struct arena *arena, const char *literal, struct err *err)
    __attribute__((warn_unused_result));
/* The same with a statement that was put together; its values are not used, and it must outlive the batch. */
struct db_batch *db_batch_begin_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql, struct err *err)
    __attribute__((warn_unused_result));
bool db_batch_add(struct db_batch *batch, const struct db_value *values, size_t count, struct err *err)
    __attribute__((warn_unused_result));
bool db_batch_end(struct db_batch *batch, struct err *err) __attribute__((warn_unused_result));

/* --- transactions ------------------------------------------------------------------------------------------------- */

/*
 * Runs body in a transaction that may write and commits. SQLite: BEGIN IMMEDIATE, one writer at a time in this process
 * and across processes. PostgreSQL: READ COMMITTED unless the body locks. When the engine says busy, deadlock or
 * serialization failure, everything is rolled back and the body runs again, up to five times: it must have no effect
 * outside the database that a second run would double. body returning false rolls back and passes its error on.
 */
bool db_transaction(struct db_conn *conn, bool (*body)(struct db_conn *conn, void *context, struct err *err),
                    void *context, struct err *err) __attribute__((warn_unused_result));
/*
 * From now on until the connection goes back, reads outside a transaction see one moment on SQLite; each write and each
 * transaction ends it, and the next read begins another. It saves the locks around each statement. PostgreSQL goes on
 * as before: there each statement sees its own moment, and another would cost commands.
 */
void db_read_steady(struct db_conn *conn);
/* A read-only snapshot over several queries. db_read_end never fails. */
bool db_read_begin(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
void db_read_end(struct db_conn *conn);

/* The clock of the database, the same for all who use it. */
bool db_now(struct db_conn *conn, int64_t *now_us, struct err *err) __attribute__((warn_unused_result));

/* The constraint that an ERR_CONFLICT came from is in err->detail; unique violations become ERR_CONFLICT. */

/* --- loading much ------------------------------------------------------------------------------------------------- */

/*
 * Makes a connection fit for one long load: no limit of time for a statement, more memory for sorting and caching
 * (bounded), temporary tables in files. Before the first temporary table; the connection is not for requests
 * afterwards.
 */
bool db_bulk_prepare(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
/*
 * Runs body once in a transaction that writes temporary tables only: batches are allowed in it, and other writers do
 * not wait for it. It reads one snapshot of the database.
 */
bool db_bulk_stage(struct db_conn *conn, bool (*body)(struct db_conn *conn, void *context, struct err *err),
                   void *context, struct err *err) __attribute__((warn_unused_result));

/* --- upkeep ------------------------------------------------------------------------------------------------------- */

/*
 * Checkpoints the WAL, merges full-text segments, refreshes planner statistics: called by the job process, bounded
 * work.
 */
bool db_maintain(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
/*
 * Consistent copy to a new file: of SQLite a database, of PostgreSQL what pg_restore reads (by pg_dump, which must be
 * there).
 */
bool db_backup(struct db_conn *conn, const char *path, struct err *err) __attribute__((warn_unused_result));
/* Brings such a copy into a PostgreSQL database without tables, or changes nothing. ERR_INVALID on SQLite. */
bool db_restore(struct db_conn *conn, const char *path, struct err *err) __attribute__((warn_unused_result));
/* Whether a file is what db_backup makes of PostgreSQL, as far as pg_restore can say without a database. */
bool db_dump_check(const char *path, struct err *err) __attribute__((warn_unused_result));
/* integrity_check / foreign keys on SQLite; a round trip on PostgreSQL. Findings as lines in *report. */
bool db_verify(struct db_conn *conn, struct arena *arena, struct buf *report, struct err *err)
    __attribute__((warn_unused_result));

#endif
