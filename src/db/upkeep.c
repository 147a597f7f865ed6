#include "db/dialect_parts.h"
#include "db/engine.h"

static bool conn_free(const struct db_conn *conn, struct err *err)
{
    if (conn->state != DB_AUTOCOMMIT || conn->rows.open)
        return err_set(err, ERR_INTERNAL, NULL, "upkeep inside a transaction or while a result is open");
    return true;
}

bool db_maintain(struct db_conn *conn, struct err *err)
{
    return conn_free(conn, err) && conn->db->engine->maintain(conn, err);
}

bool db_backup(struct db_conn *conn, const char *path, struct err *err)
{
    return conn_free(conn, err) && conn->db->engine->backup(conn, path, err);
}

bool db_restore(struct db_conn *conn, const char *path, struct err *err)
{
    return conn_free(conn, err) && conn->db->engine->restore(conn, path, err);
}

bool db_verify(struct db_conn *conn, struct buf *report, struct err *err)
{
    return conn_free(conn, err) && conn->db->engine->verify(conn, report, err) && parts_verify(conn, report, err);
}
