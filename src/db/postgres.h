/*
 * Shared by the files of the PostgreSQL engine.
 *
 * Round trips decide the speed, so a connection is always in libpq's pipeline mode. The commands that must come before
 * a statement (BEGIN, its preparation) travel with it, and the engine does not wait for the end of a transaction that
 * keeps nothing. Each sending ends with a synchronisation point. Results are read in order up to that point; the
 * results of earlier sendings that were not read yet (`owed`) come first.
 */
#pragma once

#include "db/engine.h"
#include "db/statements.h"

#include <libpq-fe.h>

#define POSTGRES_NAME_MAX 24

struct postgres_statement {
    struct statement base;
    char name[POSTGRES_NAME_MAX];
    size_t count;
    Oid *types;          /* of the placeholders */
    bool plan_by_values; /* planned again for each run: the best plan depends on the search words */
};

struct postgres_conn {
    struct db_conn base;
    PGconn *handle;
    struct statements statements;
    uint64_t names; /* number of statement names given so far */

    const char *opening;               /* BEGIN that travels with the first statement; NULL: sent or not needed */
    struct postgres_statement *fresh;  /* sent for preparation; its answer is not read yet */
    char condemned[POSTGRES_NAME_MAX]; /* name evicted from the cache, to deallocate; empty: no name */
    int ahead;                         /* commands before the statement in this sending */
    int owed;                          /* synchronisation points not reached yet */

    PGresult *result; /* of the open query: all its rows or one */
    int row;          /* row within result */
    bool few;
    bool reading; /* the end of the sending is not read yet */
    bool broken;  /* libpq refused to send: the state of the server is unknown */

    struct str batch_text;
    int batch_sent;

    /* Arguments for libpq; the arrays are as long as the longest list of values so far. */
    size_t cap;
    const char **values;
    int *lengths;
    int *formats;
    char (*numbers)[24];
};

static inline struct postgres_conn *postgres_of(const struct db_conn *conn)
{
    return (struct postgres_conn *)conn;
}

/* Fills err from a result, or from the connection when result is NULL; returns false. Does not clear the result. */
bool postgres_fail(struct postgres_conn *conn, const PGresult *result, struct err *err);
bool postgres_alive(const struct postgres_conn *conn);
/* Connects again after a lost connection. Nothing of the old session is left. */
bool postgres_reconnect(struct postgres_conn *conn, struct err *err);

/* Sends the statement and the commands that must go ahead of it; with `sync` also the point that ends the sending. */
bool postgres_send(struct postgres_conn *conn, struct str text, const struct db_value *values, size_t count, bool sync,
                   struct err *err);
void postgres_statement_release(struct statement *statement, void *context);
/* Forgets the statement that was sent for preparation, because the preparation failed. */
void postgres_fresh_failed(struct postgres_conn *conn);

/* Reads and discards the results that earlier sendings still owe. */
bool postgres_settle(struct postgres_conn *conn);
/* Reads the results of the commands ahead of the statement. */
bool postgres_read_ahead(struct postgres_conn *conn, struct err *err);
/* Reads the results of one command. *last gets the last good result, which the caller clears; last may be NULL. */
bool postgres_read_command(struct postgres_conn *conn, PGresult **last, struct err *err);
/* Reads up to the synchronisation point. Returns false when there was a failure on the way. */
bool postgres_read_sync(struct postgres_conn *conn, struct err *err);

bool postgres_exec(struct db_conn *conn, struct str text, const struct db_value *values, size_t count, struct err *err);
bool postgres_query(struct db_conn *conn, struct str text, const struct db_value *values, size_t count, bool few,
                    struct err *err);
bool postgres_next(struct db_conn *conn);
void postgres_finish(struct db_conn *conn);
int64_t postgres_int(const struct db_conn *conn, int column);
struct str postgres_text(const struct db_conn *conn, int column);
bool postgres_null(const struct db_conn *conn, int column);

bool postgres_batch_begin(struct db_conn *conn, struct str text, struct err *err);
bool postgres_batch_add(struct db_conn *conn, const struct db_value *values, size_t count, struct err *err);
bool postgres_batch_end(struct db_conn *conn, struct err *err);

bool postgres_script(struct db_conn *conn, const char *statements, struct err *err);
bool postgres_maintain(struct db_conn *conn, struct err *err);
bool postgres_backup(struct db_conn *conn, const char *path, struct err *err);
bool postgres_restore(struct db_conn *conn, const char *path, struct err *err);
bool postgres_verify(struct db_conn *conn, struct buf *report, struct err *err);
