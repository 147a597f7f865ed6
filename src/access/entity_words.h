/*
 * The search words of customers, objects, contacts, articles, files and specifications: those of their searched fields
 * (model/NAME_fields.c), and the names of the customer that they belong to. The module that writes such a row calls
 * this in the same transaction.
 */
#pragma once

#include "db/dialect.h"
#include "db/row_set.h"
#include "model/field.h"

/* Returns where the words of an entity are; SEARCH_CASES: this module has none of it. */
enum search_index entity_words_index(const struct entity *entity);

/* Rewrites the words of one row, or removes them if it was deleted; those of a customer also in what belongs to it. */
MUST_CHECK bool entity_words_refresh(struct db_conn *conn, enum search_index index, int64_t id, struct err *err);
/* Does the same for many rows; `rows` gives their ids. */
MUST_CHECK bool entity_words_refresh_rows(struct db_conn *conn, enum search_index index, struct row_set rows,
                                          struct err *err);
/* Writes the words of all rows if a migration wants that. Call it after migrate_run. */
MUST_CHECK bool entity_words_fill(struct db_conn *conn, struct err *err);
/* Reports how many rows have no words. */
MUST_CHECK bool entity_words_verify(struct db_conn *conn, struct buf *report, struct err *err);
