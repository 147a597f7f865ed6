/*
 * Writes a row of an entity by its table of fields. Only the module that owns the table calls these, in the transaction
 * of its caller.
 */
#pragma once

#include "db/db.h"
#include "model/field.h"

struct record_column {
    const char *column_literal;
    struct db_value value;
};

MUST_CHECK bool record_insert(struct db_conn *conn, struct arena *arena, const struct entity *entity,
                              const struct record_column *columns, size_t count, int64_t *id, struct err *err);
MUST_CHECK bool record_update(struct db_conn *conn, struct arena *arena, const struct entity *entity, int64_t id,
                              const struct record_column *columns, size_t count, struct err *err);
