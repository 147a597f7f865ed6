/*
 * Writes the fields, links, extra fields and notes of an existing case. Each function runs in the transaction of its
 * caller.
 */
#ifndef KP_MODEL_CASE_WRITE_H
#define KP_MODEL_CASE_WRITE_H

#include "model/record.h"
#include "portal/visit.h"

/* Writes these columns of a case. */
bool case_update(struct db_conn *conn, struct arena *arena, int64_t case_id, const struct record_column *columns,
                 size_t count, struct err *err) __attribute__((warn_unused_result));
/* Links contacts with a case. */
bool case_contacts_add(struct db_conn *conn, int64_t case_id, const int64_t *contacts, size_t count, struct err *err)
    __attribute__((warn_unused_result));
/* Links these contacts with a case and unlinks all others. */
bool case_contacts_set(struct db_conn *conn, int64_t case_id, const int64_t *contacts, size_t count, struct err *err)
    __attribute__((warn_unused_result));
/* Sets an extra field. An empty value deletes the field. */
bool case_extra_set(struct db_conn *conn, int64_t case_id, struct str key, struct str value, struct err *err)
    __attribute__((warn_unused_result));
/* Adds an internal note by the staff user of the visit, with its audit. */
bool case_note_add(struct visit *visit, int64_t case_id, struct str case_number, struct str body, struct err *err)
    __attribute__((warn_unused_result));

#endif
