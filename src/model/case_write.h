/*
 * Writes the fields, links, extra fields and notes of existing cases. Each function runs in the transaction of its
 * caller.
 */
#pragma once

#include "db/row_set.h"
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

/* --- many cases at once, for imports ------------------------------------------------------------------------------ */

/*
 * Increments the versions of cases, so that forms that staff opened before count as older. Rows are ids of cases, as in
 * cases_derive_states.
 */
MUST_CHECK bool cases_move_versions(struct db_conn *conn, struct row_set cases, struct err *err);
/*
 * Derives the states of those cases that have work orders and are not cancelled (model/case_state.h), and the next
 * booking and the technician of all. The caller then refreshes the reach of the cases (access/scope.h).
 */
MUST_CHECK bool cases_derive_states(struct db_conn *conn, struct row_set cases, struct err *err);
/*
 * Derives what lists show of the work and the messages of cases: call it after a change of article rows, work orders or
 * messages.
 */
MUST_CHECK bool cases_derive_texts(struct db_conn *conn, struct row_set cases, struct err *err);
/* Makes new cases of a day (`2026-11-23`) get numbers after `last`. */
MUST_CHECK bool case_counter_pass(struct db_conn *conn, struct str day, int64_t last, struct err *err);
/* Links contacts with cases. Rows are (case_id, contact_id). Existing links stay. */
MUST_CHECK bool cases_link_contacts(struct db_conn *conn, struct row_set links, struct err *err);
/* Deletes extra fields. Rows are (case_id, key). */
MUST_CHECK bool cases_drop_extras(struct db_conn *conn, struct row_set extras, struct err *err);
/* Adds extra fields. Rows are (case_id, key, value). The cases must not have the key yet. */
MUST_CHECK bool cases_add_extras(struct db_conn *conn, struct row_set extras, struct err *err);

/* --- deleted logins and erased contacts; the cases stay ----------------------------------------------------------- */

/* Clears the login that created a case, for cases created by these logins. */
MUST_CHECK bool cases_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/* Gives cases back the logins that created them. Rows are (case_id, login_id). */
MUST_CHECK bool cases_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/*
 * Removes the name and phone numbers of a contact from the reporter and the history of its cases. Call it before the
 * logins of the contact are deleted.
 */
MUST_CHECK bool cases_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err);
