#include "db/postgres.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TYPE_INT8 20
#define TYPE_TEXT 25
#define TYPE_UNKNOWN 0

void postgres_statement_release(struct statement *base, void *context)
{
    struct postgres_conn *conn = context;
    struct postgres_statement *statement = (struct postgres_statement *)base;
    memcpy(conn->condemned, statement->name, sizeof conn->condemned);
    free((char *)(uintptr_t)base->text.p);
    free(statement->types);
    free(statement);
}

void postgres_fresh_failed(struct postgres_conn *conn)
{
    if (!conn->fresh)
        return;
    statements_remove(&conn->statements, &conn->fresh->base);
    conn->condemned[0] = '\0'; /* the server has no such statement */
    conn->fresh = NULL;
}

/* Returns the highest `$n` outside quotes, because the server would accept values that belong to no placeholder. */
static size_t placeholders(struct str text)
{
    size_t highest = 0;
    char quote = '\0';
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == '$') {
            size_t number = strtoul(text.p + i + 1, NULL, 10);
            highest = number > highest ? number : highest;
        }
    }
    return highest;
}

static struct postgres_statement *statement_new(struct postgres_conn *conn, struct str text,
                                                const struct db_value *values, size_t count)
{
    struct postgres_statement *statement = calloc(1, sizeof *statement);
    if (!statement)
        return NULL;
    statement->count = count;
    statement->plan_by_values = str_find(text, STR("::tsquery")) >= 0;
    statement->types = calloc(count + 1, sizeof *statement->types);
    statement->base.text = (struct str){strndup(text.p, text.n), text.n};
    if (!statement->types || !statement->base.text.p) {
        postgres_statement_release(&statement->base, conn);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        statement->types[i] = values[i].type == DB_VALUE_INT    ? TYPE_INT8
                              : values[i].type == DB_VALUE_TEXT ? TYPE_TEXT
                                                                : TYPE_UNKNOWN;
    (void)snprintf(statement->name, sizeof statement->name, "s%" PRIu64, ++conn->names);
    return statement;
}

static bool send_failed(struct postgres_conn *conn, struct err *err)
{
    conn->broken = true;
    return postgres_fail(conn, NULL, err);
}

static bool send_ahead(struct postgres_conn *conn, const char *command)
{
    conn->ahead++;
    return PQsendQueryParams(conn->handle, command, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

/*
 * Asks the server for the types, because a placeholder that was NULL the first time has no type yet: worth one round
 * trip.
 */
static bool types_complete(struct postgres_conn *conn, struct postgres_statement *statement, struct err *err)
{
    if (!PQsendDescribePrepared(conn->handle, statement->name) || !PQpipelineSync(conn->handle))
        return send_failed(conn, err);
    PGresult *described = NULL;
    if (!postgres_settle(conn))
        return postgres_fail(conn, NULL, err);
    bool ok = postgres_read_ahead(conn, err);
    ok = postgres_read_command(conn, &described, ok ? err : NULL) && ok;
    ok = postgres_read_sync(conn, NULL) && ok;
    for (size_t i = 0; ok && i < statement->count; i++)
        statement->types[i] = PQparamtype(described, (int)i);
    PQclear(described);
    if (ok)
        conn->opening = NULL;
    return ok;
}

static bool postgres_statement_typed(const struct postgres_statement *statement)
{
    for (size_t i = 0; i < statement->count; i++)
        if (statement->types[i] == TYPE_UNKNOWN)
            return false;
    return true;
}

static struct postgres_statement *postgres_statement_prepare(struct postgres_conn *conn, struct str text,
                                                             const struct db_value *values, size_t count,
                                                             struct err *err)
{
    if (count != placeholders(text)) {
        (void)err_set(err, ERR_INTERNAL, NULL, "%zu values for %zu placeholders", count, placeholders(text));
        return NULL;
    }
    struct postgres_statement *statement = statement_new(conn, text, values, count);
    if (!statement) {
        (void)err_set(err, ERR_INTERNAL, NULL, "no memory for a statement");
        return NULL;
    }
    conn->condemned[0] = '\0';
    statements_add(&conn->statements, &statement->base);
    conn->fresh = statement;
    char deallocate[POSTGRES_NAME_MAX + 16];
    (void)snprintf(deallocate, sizeof deallocate, "DEALLOCATE %s", conn->condemned);
    bool sent = (!conn->opening || send_ahead(conn, conn->opening)) &&
                (!conn->condemned[0] || send_ahead(conn, deallocate)) &&
                PQsendPrepare(conn->handle, statement->name, statement->base.text.p, (int)count, statement->types);
    conn->ahead++;
    if (!sent)
        (void)send_failed(conn, err);
    return sent && (postgres_statement_typed(statement) || types_complete(conn, statement, err)) ? statement : NULL;
}

static bool arguments_reserve(struct postgres_conn *conn, size_t count)
{
    if (count <= conn->cap)
        return true;
    size_t cap = count < 64 ? 64 : count * 2;
    free(conn->values);
    free(conn->lengths);
    free(conn->formats);
    free(conn->numbers);
    conn->values = calloc(cap, sizeof *conn->values);
    conn->lengths = calloc(cap, sizeof *conn->lengths);
    conn->formats = calloc(cap, sizeof *conn->formats);
    conn->numbers = calloc(cap, sizeof *conn->numbers);
    bool ok = conn->values && conn->lengths && conn->formats && conn->numbers;
    conn->cap = ok ? cap : 0;
    return ok;
}

/* Sends binary when the type is known to be a number; otherwise digits, which are valid text for any type. */
static void argument_int(struct postgres_conn *conn, size_t i, Oid type, int64_t value)
{
    char *out = conn->numbers[i];
    conn->values[i] = out;
    conn->formats[i] = type == TYPE_INT8;
    if (type == TYPE_INT8) {
        for (int byte = 0; byte < 8; byte++)
            out[byte] = (char)((uint64_t)value >> (56 - 8 * byte));
        conn->lengths[i] = 8;
    } else {
        conn->lengths[i] = snprintf(out, sizeof conn->numbers[i], "%" PRId64, value);
    }
}

static bool arguments_fill(struct postgres_conn *conn, const struct postgres_statement *statement,
                           const struct db_value *values, size_t count, struct err *err)
{
    if (count != statement->count)
        return err_set(err, ERR_INTERNAL, NULL, "%zu values for %zu placeholders", count, statement->count);
    if (!arguments_reserve(conn, count))
        return err_set(err, ERR_INTERNAL, NULL, "no memory for values");
    for (size_t i = 0; i < count; i++) {
        conn->values[i] = NULL;
        if (values[i].type == DB_VALUE_INT) {
            argument_int(conn, i, statement->types[i], values[i].i);
        } else if (values[i].type == DB_VALUE_TEXT) {
            /* Binary text is bytes with a length, so it needs no copy with a NUL at its end. */
            if (statement->types[i] != TYPE_TEXT)
                return err_set(err, ERR_INTERNAL, NULL, "text for placeholder $%zu, which is not text", i + 1);
            conn->values[i] = values[i].s.n ? values[i].s.p : "";
            conn->lengths[i] = (int)values[i].s.n;
            conn->formats[i] = 1;
        }
    }
    return true;
}

/*
 * Finds or prepares the statement, and sends the BEGIN that must come before it. A new statement has already sent it.
 */
static bool postgres_statement_find(struct postgres_conn *conn, struct str text, const struct db_value *values,
                                    size_t count, struct postgres_statement **statement, struct err *err)
{
    *statement = (struct postgres_statement *)statements_find(&conn->statements, text);
    if (!*statement) {
        *statement = postgres_statement_prepare(conn, text, values, count, err);
        return *statement && arguments_fill(conn, *statement, values, count, err);
    }
    if (!arguments_fill(conn, *statement, values, count, err))
        return false;
    return !conn->opening || send_ahead(conn, conn->opening) || send_failed(conn, err);
}

/*
 * Sends the statement. After five runs the server would use one plan of a named statement for all values, which is
 * wrong because rare and common words need different plans.
 */
static bool send_statement(struct postgres_conn *conn, const struct postgres_statement *statement)
{
    int count = (int)statement->count;
    if (statement->plan_by_values)
        return PQsendQueryParams(conn->handle, statement->base.text.p, count, statement->types, conn->values,
                                 conn->lengths, conn->formats, 0);
    return PQsendQueryPrepared(conn->handle, statement->name, count, conn->values, conn->lengths, conn->formats, 0);
}

bool postgres_send(struct postgres_conn *conn, struct str text, const struct db_value *values, size_t count, bool sync,
                   struct err *err)
{
    struct postgres_statement *statement;
    if (!postgres_statement_find(conn, text, values, count, &statement, err))
        return false;
    if (!send_statement(conn, statement) || (sync && !PQpipelineSync(conn->handle)))
        return send_failed(conn, err);
    conn->opening = NULL;
    return postgres_settle(conn) || postgres_fail(conn, NULL, err);
}
