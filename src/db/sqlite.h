/* Shared by the files of the SQLite engine. */
#pragma once

#include "db/engine.h"
#include "db/statements.h"

#include <sqlite3.h>

struct sqlite_statement {
    struct statement base; /* handle owns the text */
    sqlite3_stmt *handle;
    bool writes;
    size_t count;    /* highest `$n` */
    size_t *numbers; /* numbers[i] is the n of SQLite's parameter i + 1; NULL: they are in order */
    size_t parameters;
};

struct sqlite_conn {
    struct db_conn base;
    sqlite3 *handle;
    struct statements statements;
    struct sqlite_statement *current; /* statement of the open result or batch */
    bool writing;                     /* this connection is inside db->writer */
    bool row;                         /* current is at a row */
    bool holding;                     /* a read-only transaction for steady reads is open */
};

static inline struct sqlite_conn *sqlite_of(const struct db_conn *conn)
{
    return (struct sqlite_conn *)conn;
}

/* Fills err from a result code; returns false. */
bool sqlite_fail(struct sqlite_conn *conn, int rc, struct err *err);

/*
 * Lets one thread of this process write at a time. Other processes are kept apart by SQLite's own lock and its busy
 * timeout.
 */
bool sqlite_writer_enter(struct sqlite_conn *conn, struct err *err);
void sqlite_writer_leave(struct sqlite_conn *conn); /* allowed when the connection did not enter */

/*
 * sqlite_hold begins the transaction of steady reads, sqlite_let_go ends it. Ending never fails: a connection that
 * cannot end it is no longer usable.
 */
bool sqlite_hold(struct sqlite_conn *conn, struct err *err);
void sqlite_let_go(struct sqlite_conn *conn);

struct sqlite_statement *sqlite_prepare(struct sqlite_conn *conn, struct str text, struct err *err);
void sqlite_statement_release(struct statement *statement, void *context);

bool sqlite_exec(struct db_conn *conn, struct str text, const struct db_value *values, size_t count, struct err *err);
bool sqlite_query(struct db_conn *conn, struct str text, const struct db_value *values, size_t count, bool few,
                  struct err *err);
bool sqlite_next(struct db_conn *conn);
void sqlite_finish(struct db_conn *conn);
int64_t sqlite_int(const struct db_conn *conn, int column);
struct str sqlite_text(const struct db_conn *conn, int column);
bool sqlite_null(const struct db_conn *conn, int column);
bool sqlite_batch_begin(struct db_conn *conn, struct str text, struct err *err);
bool sqlite_batch_add(struct db_conn *conn, const struct db_value *values, size_t count, struct err *err);
bool sqlite_batch_end(struct db_conn *conn, struct err *err);
bool sqlite_script(struct db_conn *conn, const char *statements, struct err *err);

bool sqlite_maintain(struct db_conn *conn, struct err *err);
bool sqlite_backup(struct db_conn *conn, const char *path, struct err *err);
bool sqlite_restore(struct db_conn *conn, const char *path, struct err *err);
bool sqlite_verify(struct db_conn *conn, struct buf *report, struct err *err);
