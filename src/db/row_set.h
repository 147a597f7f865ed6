/*
 * A set of rows, given by the query that finds them. A module that owns a table takes a set of rows from the module
 * that knows them; so statements about many rows work, and each table is still written only by its own module.
 *
 *     struct row_set logins = row_set_of("SELECT l.id FROM login l WHERE l.kind = 'object' AND l.owner_id = $1", id);
 *     logins_delete(conn, logins, err)
 */
#pragma once

#include "db/db.h"

struct row_set {
    const char *rows_literal; /* a query for ids, unless the function that takes it says otherwise */
    int64_t values[2];        /* for $1 and $2 of the query, or of the statement around it */
    size_t count;
};

struct row_set row_set(const char *rows_literal);
struct row_set row_set_of(const char *rows_literal, int64_t value);
struct row_set row_set_of_two(const char *rows_literal, int64_t first, int64_t second);

/*
 * Runs one statement made of before_literal, the query and after_literal: "DELETE FROM session WHERE login_id IN (",
 * rows, ")".
 */
MUST_CHECK bool db_exec_rows(struct db_conn *conn, const char *before_literal, struct row_set rows,
                             const char *after_literal, struct err *err);

/* Reads the ids, ascending, into the arena. */
MUST_CHECK bool db_read_ids(struct db_conn *conn, struct arena *arena, struct row_set rows, int64_t **ids,
                            size_t *count, struct err *err);
