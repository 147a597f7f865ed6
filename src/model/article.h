/* Articles: the table article, whose fields are in article_fields.h. */
#pragma once

#include "model/record.h"

/* Writes a row: a new one when *id is 0, which it sets. Call it in a transaction. */
MUST_CHECK bool article_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns,
                             size_t count, int64_t *id, struct err *err);
