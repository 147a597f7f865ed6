#include "model/record.h"

static bool record_insert(struct db_conn *conn, struct arena *arena, const struct entity *entity,
                          const struct record_column *columns, size_t count, int64_t *id, struct err *err)
{
    struct sql sql = sql_start(arena, "INSERT INTO {} (", SQL(entity->table_literal));
    for (size_t i = 0; i < count; i++)
        sql_put(&sql, "{}{}", SQL(i ? ", " : ""), SQL(columns[i].column_literal));
    sql_put(&sql, ") VALUES (");
    for (size_t i = 0; i < count; i++)
        sql_put(&sql, "{}?", SQL(i ? ", " : ""), columns[i].value);
    sql_put(&sql, ") RETURNING id");
    return db_find_sql(conn, arena, &sql, DB_TARGETS(TO(id)), NULL, err);
}

bool record_save(struct db_conn *conn, struct arena *arena, const struct entity *entity,
                 const struct record_column *columns, size_t count, int64_t *id, struct err *err)
{
    if (!*id)
        return record_insert(conn, arena, entity, columns, count, id, err);
    struct sql sql = sql_start(arena, "UPDATE {} SET ", SQL(entity->table_literal));
    for (size_t i = 0; i < count; i++)
        sql_put(&sql, "{}{} = ?", SQL(i ? ", " : ""), SQL(columns[i].column_literal), columns[i].value);
    sql_put(&sql, " WHERE id = ?", DB_INT(*id));
    return db_exec_sql(conn, &sql, err);
}
