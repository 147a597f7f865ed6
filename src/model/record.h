/*
 * Writes a row of an entity by its table of fields. Only the module of model/ that owns the table calls this, in the
 * transaction of its caller (tools/check_layers.py).
 */
#pragma once

#include "db/db.h"
#include "model/field.h"

struct record_column {
    const char *column_literal;
    struct db_value value;
};

/* Updates the row *id; when *id is 0, inserts a row and sets *id. Its search words follow, except those of a case. */
MUST_CHECK bool record_save(struct db_conn *conn, struct arena *arena, const struct entity *entity,
                            const struct record_column *columns, size_t count, int64_t *id, struct err *err);
