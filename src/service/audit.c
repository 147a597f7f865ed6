#include "service/audit.h"

bool audit_add(struct db_conn *conn, const struct audit_entry *entry, int64_t now_us, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO audit (at, kind, who_id, who, action, subject, detail, client)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                   DB_ARGS(DB_INT(now_us), DB_TEXT(str_of(code_name(&audit_kinds, entry->kind))),
                           DB_ID_OR_NULL(entry->who_id), DB_TEXT(entry->who), DB_TEXT(str_of(entry->action)),
                           DB_TEXT(entry->subject), DB_TEXT(entry->detail), DB_TEXT(entry->client)),
                   err);
}
