/*
 * Writes a row of an entity by its table of fields. Only the module that owns the table calls these, in the transaction
 * of its caller.
 */
#ifndef KP_MODEL_RECORD_H
#define KP_MODEL_RECORD_H

#include "db/db.h"
#include "model/field.h"

struct record_column {
    const char *column_literal;
    struct db_value value;
};

bool record_insert(struct db_conn *conn, struct arena *arena, const struct entity *entity,
                   const struct record_column *columns, size_t count, int64_t *id, struct err *err)
    __attribute__((warn_unused_result));
bool record_update(struct db_conn *conn, struct arena *arena, const struct entity *entity, int64_t id,
                   const struct record_column *columns, size_t count, struct err *err)
    __attribute__((warn_unused_result));

#endif
