#include "model/article.h"

#include "model/article_fields.h"

bool article_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns, size_t count,
                  int64_t *id, struct err *err)
{
    return record_save(conn, arena, &article_entity, columns, count, id, err);
}
