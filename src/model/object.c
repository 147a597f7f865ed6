#include "model/object.h"

#include "access/scope.h"
#include "model/object_fields.h"
#include "portal/address.h"

/* Cases that are read before they are derived. */
#define CHUNK 64

struct str object_path(struct arena *arena, struct str number)
{
    return address_of(arena, "/objects", number, "");
}

bool object_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns, size_t count,
                 int64_t *id, struct err *err)
{
    return record_save(conn, arena, &object_entity, columns, count, id, err);
}

bool object_refresh_cases(struct db_conn *conn, struct arena *arena, int64_t id, struct err *err)
{
    int64_t ids[CHUNK], after = 0;
    for (size_t count = CHUNK; count == CHUNK;) {
        struct db_rows *rows =
            db_query(conn, arena, "SELECT id FROM cases WHERE object_id = $1 AND id > $2 ORDER BY id LIMIT $3",
                     DB_ARGS(DB_INT(id), DB_INT(after), DB_INT(CHUNK)), err);
        if (!db_read_numbers(rows, ids, CHUNK, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (!scope_refresh_case(conn, arena, after = ids[i], err))
                return false;
        }
    }
    return true;
}
