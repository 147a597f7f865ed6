#include "db/postgres.h"

#include <stdio.h>

static struct str field(const PGresult *result, int code)
{
    return str_of(PQresultErrorField(result, code));
}

/*
 * Reports `unique: table.column, table.column`, in the words of SQLite. The first parentheses of the detail hold the
 * columns.
 */
static bool fail_unique(const PGresult *result, struct err *err)
{
    struct str detail = field(result, PG_DIAG_MESSAGE_DETAIL), table = field(result, PG_DIAG_TABLE_NAME);
    ptrdiff_t open = str_find_char(detail, '('), close = str_find_char(detail, ')');
    if (open < 0 || close < open)
        return err_set(err, ERR_CONFLICT, NULL, "unique: %.*s", STR_FMT(field(result, PG_DIAG_CONSTRAINT_NAME)));
    struct str columns = str_slice(detail, (size_t)open + 1, (size_t)close);
    char list[200] = "";
    size_t n = 0;
    for (struct str part; n < sizeof list && str_cut(&columns, ',', &part);)
        n += (size_t)snprintf(list + n, sizeof list - n, "%s%.*s.%.*s", n ? ", " : "", STR_FMT(table),
                              STR_FMT(str_trim(part)));
    return err_set(err, ERR_CONFLICT, NULL, "unique: %s", list);
}

static bool fail_lost(struct postgres_conn *conn, struct err *err)
{
    conn->base.transient = true;
    (void)err_set(err, ERR_BUSY, NULL, "postgresql: the connection is lost");
    return db_retry_after(err, 5);
}

struct meaning {
    const char *sqlstate; /* the code or its beginning */
    enum err_kind kind;
    bool transient;
};

static const struct meaning meanings[] = {
    {"40001", ERR_BUSY, true},                                      /* serialization failure */
    {"40P01", ERR_BUSY, true},                                      /* deadlock */
    {"55P03", ERR_BUSY, false},                                     /* lock_timeout */
    {"57014", ERR_BUSY, false},                                     /* statement_timeout */
    {"57P0", ERR_BUSY, true},                                       /* the server stops or starts */
    {"53300", ERR_BUSY, false},                                     /* too many connections */
    {"53100", ERR_FULL, false},                                     /* disk full */
    {"54000", ERR_TOO_LARGE, false}, {"22021", ERR_INVALID, false}, /* not in the server's encoding */
    {"08P01", ERR_INTERNAL, false},                                 /* wrong number of values */
    {"08", ERR_BUSY, true},                                         /* connection */
};

/* Whether the message quotes only our own statements and never personal data; this holds only for these classes. */
static bool message_is_harmless(struct str sqlstate)
{
    return str_starts(sqlstate, STR("42")) || str_starts(sqlstate, STR("25")) || str_starts(sqlstate, STR("0A"));
}

bool postgres_fail(struct postgres_conn *conn, const PGresult *result, struct err *err)
{
    struct str sqlstate = field(result, PG_DIAG_SQLSTATE);
    if (!result || sqlstate.n == 0)
        return fail_lost(conn, err);
    if (str_eqz(sqlstate, "23505"))
        return fail_unique(result, err);
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (!str_starts(sqlstate, str_of(meanings[i].sqlstate)))
            continue;
        conn->base.transient = conn->base.transient || meanings[i].transient;
        (void)err_set(err, meanings[i].kind, NULL, "postgresql %.*s", STR_FMT(sqlstate));
        return meanings[i].kind == ERR_BUSY ? db_retry_after(err, 2) : false;
    }
    struct str about =
        message_is_harmless(sqlstate) ? field(result, PG_DIAG_MESSAGE_PRIMARY) : field(result, PG_DIAG_CONSTRAINT_NAME);
    return err_set(err, ERR_INTERNAL, NULL, "postgresql %.*s: %.*s", STR_FMT(sqlstate), STR_FMT(about));
}
