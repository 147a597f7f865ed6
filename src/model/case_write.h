/*
 * Writes the fields, links, extra fields and notes of an existing case. Each function runs in the transaction of its
 * caller.
 */
#pragma once

#include "model/record.h"
#include "portal/visit.h"

/* Writes these columns of a case. */
MUST_CHECK bool case_update(struct db_conn *conn, struct arena *arena, int64_t case_id,
                            const struct record_column *columns, size_t count, struct err *err);
/* Links contacts with a case. */
MUST_CHECK bool case_contacts_add(struct db_conn *conn, int64_t case_id, const int64_t *contacts, size_t count,
                                  struct err *err);
/* Links these contacts with a case and unlinks all others. */
MUST_CHECK bool case_contacts_set(struct db_conn *conn, int64_t case_id, const int64_t *contacts, size_t count,
                                  struct err *err);
/* Sets an extra field. An empty value deletes the field. */
MUST_CHECK bool case_extra_set(struct db_conn *conn, int64_t case_id, struct str key, struct str value,
                               struct err *err);
/* Adds an internal note by the staff user of the visit, with its audit. */
MUST_CHECK bool case_note_add(struct visit *visit, int64_t case_id, struct str case_number, struct str body,
                              struct err *err);
