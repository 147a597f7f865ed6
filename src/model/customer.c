#include "model/customer.h"

#include "model/customer_fields.h"

bool customer_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns, size_t count,
                   int64_t *id, struct err *err)
{
    return record_save(conn, arena, &customer_entity, columns, count, id, err);
}
