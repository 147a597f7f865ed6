#include "model/case_write.h"

#include "model/case_fields.h"

bool case_update(struct db_conn *conn, struct arena *arena, int64_t case_id, const struct record_column *columns,
                 size_t count, struct err *err)
{
    return record_save(conn, arena, &case_entity, columns, count, &case_id, err);
}

bool case_contacts_add(struct db_conn *conn, int64_t case_id, const int64_t *contacts, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!db_exec(conn, "INSERT INTO case_contact (case_id, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                     DB_ARGS(DB_INT(case_id), DB_INT(contacts[i])), err))
            return false;
    }
    return true;
}

bool case_contacts_set(struct db_conn *conn, int64_t case_id, const int64_t *contacts, size_t count, struct err *err)
{
    return db_exec(conn, "DELETE FROM case_contact WHERE case_id = $1", DB_ARGS(DB_INT(case_id)), err) &&
           case_contacts_add(conn, case_id, contacts, count, err);
}

bool case_extra_set(struct db_conn *conn, int64_t case_id, struct str key, struct str value, struct err *err)
{
    if (!value.n)
        return db_exec(conn, "DELETE FROM case_extra WHERE case_id = $1 AND key = $2",
                       DB_ARGS(DB_INT(case_id), DB_TEXT(key)), err);
    return db_exec(conn,
                   "INSERT INTO case_extra (case_id, key, value) VALUES ($1, $2, $3)"
                   " ON CONFLICT (case_id, key) DO UPDATE SET value = excluded.value",
                   DB_ARGS(DB_INT(case_id), DB_TEXT(key), DB_TEXT(value)), err);
}

bool case_note_add(struct visit *visit, int64_t case_id, struct str case_number, struct str body, struct err *err)
{
    return db_exec(visit->db, "INSERT INTO case_note (case_id, at, staff_id, who, body) VALUES ($1, $2, $3, $4, $5)",
                   DB_ARGS(DB_INT(case_id), DB_INT(visit->now_us), DB_INT(visit->staff.id), DB_TEXT(visit->staff.email),
                           DB_TEXT(body)),
                   err) &&
           visit_audit(visit, "case_note_added", arena_printf(visit->arena, "case %.*s", STR_FMT(case_number)),
                       STR_NONE, err);
}
