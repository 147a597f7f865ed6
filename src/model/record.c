#include "model/record.h"

#include "access/entity_words.h"

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

static bool record_update(struct db_conn *conn, struct arena *arena, const struct entity *entity,
                          const struct record_column *columns, size_t count, int64_t id, struct err *err)
{
    struct sql sql = sql_start(arena, "UPDATE {} SET ", SQL(entity->table_literal));
    for (size_t i = 0; i < count; i++)
        sql_put(&sql, "{}{} = ?", SQL(i ? ", " : ""), SQL(columns[i].column_literal), columns[i].value);
    sql_put(&sql, " WHERE id = ?", DB_INT(id));
    return db_exec_sql(conn, &sql, err);
}

bool record_save(struct db_conn *conn, struct arena *arena, const struct entity *entity,
                 const struct record_column *columns, size_t count, int64_t *id, struct err *err)
{
    enum search_index words = entity_words_index(entity);
    return (*id ? record_update(conn, arena, entity, columns, count, *id, err)
                : record_insert(conn, arena, entity, columns, count, id, err)) &&
           (words == SEARCH_CASES || entity_words_refresh(conn, words, *id, err));
}
