/* Objects: the table object, whose fields are in object_fields.h. */
#pragma once

#include "model/record.h"

/* Returns the address of the page of an object for customers: `/objects/NUMBER`. */
struct str object_path(struct arena *arena, struct str number);

/* Writes a row: a new one when *id is 0, which it sets. Call it in a transaction. */
MUST_CHECK bool object_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns,
                            size_t count, int64_t *id, struct err *err);
/* Derives who sees the cases of an object. Call it in the transaction that gives the object another customer. */
MUST_CHECK bool object_refresh_cases(struct db_conn *conn, struct arena *arena, int64_t id, struct err *err);
