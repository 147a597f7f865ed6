#include "model/upload.h"

#include "base/clock.h"

#define UPLOAD_DAYS 2
#define DAY_US (INT64_C(24) * 60 * 60 * US_PER_SECOND)
#define AT_ONCE 500

bool upload_find(struct db_conn *conn, struct arena *arena, struct str owner, struct str key, struct upload *upload,
                 bool *found, struct err *err)
{
    *upload = (struct upload){.key = key, .owner = owner};
    return db_find(conn, arena,
                   "SELECT name, media_type, digest, size, created FROM upload WHERE key = $1 AND owner = $2",
                   DB_ARGS(DB_TEXT(key), DB_TEXT(owner)),
                   DB_TARGETS(TO(&upload->name), TO(&upload->media_type), TO(&upload->digest), TO(&upload->size),
                              TO(&upload->created)),
                   found, err);
}

bool upload_add(struct db_conn *conn, const struct upload *upload, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO upload (key, owner, name, media_type, size, digest, created)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                   DB_ARGS(DB_TEXT(upload->key), DB_TEXT(upload->owner), DB_TEXT(upload->name),
                           DB_TEXT(upload->media_type), DB_INT(upload->size), DB_TEXT(upload->digest),
                           DB_INT(upload->created)),
                   err);
}

bool upload_forget(struct db_conn *conn, struct str owner, struct str key, struct err *err)
{
    return db_exec(conn, "DELETE FROM upload WHERE key = $1 AND owner = $2", DB_ARGS(DB_TEXT(key), DB_TEXT(owner)),
                   err);
}

bool upload_forget_all(struct db_conn *conn, struct str owner, struct err *err)
{
    return db_exec(conn, "DELETE FROM upload WHERE owner = $1", DB_ARGS(DB_TEXT(owner)), err);
}

bool upload_forget_oldest(struct db_conn *conn, struct str owner, int64_t most, struct err *err)
{
    return db_exec(conn,
                   "DELETE FROM upload WHERE owner = $1 AND key NOT IN"
                   " (SELECT key FROM upload WHERE owner = $1 ORDER BY created DESC, key LIMIT $2)",
                   DB_ARGS(DB_TEXT(owner), DB_INT(most)), err);
}

bool upload_take_over(struct db_conn *conn, struct str from, struct str to, struct err *err)
{
    return db_exec(conn, "UPDATE upload SET owner = $2 WHERE owner = $1", DB_ARGS(DB_TEXT(from), DB_TEXT(to)), err);
}

bool uploads_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM upload WHERE owner IN (SELECT 'login:' || o.id FROM (", logins, ") o)", err);
}

bool upload_upkeep(struct db_conn *conn, int64_t now_us, struct err *err)
{
    return db_exec(conn,
                   "DELETE FROM upload WHERE key IN"
                   " (SELECT u.key FROM upload u WHERE u.created < $1 AND NOT EXISTS (SELECT 1 FROM draft d"
                   " WHERE d.owner = u.owner AND d.about = '' AND d.form LIKE '%' || u.key || '%')"
                   " ORDER BY u.created LIMIT $2)",
                   DB_ARGS(DB_INT(now_us - UPLOAD_DAYS * DAY_US), DB_INT(AT_ONCE)), err);
}
