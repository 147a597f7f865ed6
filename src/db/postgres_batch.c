#include "db/postgres.h"

/* So many answers are small enough to stay in the buffers of the socket until they are read. */
#define BATCH_MAX 256

bool postgres_batch_begin(struct db_conn *base, struct str text, struct err *err)
{
    (void)err;
    struct postgres_conn *conn = postgres_of(base);
    conn->batch_text = text;
    conn->batch_sent = 0;
    return true;
}

static bool postgres_batch_flush(struct postgres_conn *conn, struct err *err)
{
    if (conn->batch_sent == 0)
        return true;
    if (!postgres_alive(conn) || !PQpipelineSync(conn->handle)) {
        conn->broken = true;
        return postgres_fail(conn, NULL, err);
    }
    bool ok = postgres_read_ahead(conn, err);
    for (; conn->batch_sent > 0 && postgres_alive(conn); conn->batch_sent--)
        ok = postgres_read_command(conn, NULL, ok ? err : NULL) && ok;
    return postgres_read_sync(conn, ok ? err : NULL) && ok;
}

bool postgres_batch_add(struct db_conn *base, const struct db_value *values, size_t count, struct err *err)
{
    struct postgres_conn *conn = postgres_of(base);
    if (!postgres_send(conn, conn->batch_text, values, count, false, err))
        return false;
    conn->batch_sent++;
    return conn->batch_sent < BATCH_MAX || postgres_batch_flush(conn, err);
}

bool postgres_batch_end(struct db_conn *base, struct err *err)
{
    return postgres_batch_flush(postgres_of(base), err);
}
