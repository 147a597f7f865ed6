/* Changes many cases at once, for imports. Each function runs in the transaction of its caller. */
#pragma once

#include "db/row_set.h"

/*
 * Increments the versions of cases, so that forms that staff opened before count as older. Rows are ids of cases, as in
 * cases_derive_states.
 */
MUST_CHECK bool cases_move_versions(struct db_conn *conn, struct row_set cases, struct err *err);
/*
 * Derives the states of those cases that have work orders (model/case_state.h). The caller then refreshes the reach of
 * the cases (access/scope.h).
 */
MUST_CHECK bool cases_derive_states(struct db_conn *conn, struct row_set cases, struct err *err);
/* Makes new cases of a day (`2026-11-23`) get numbers after `last`. */
MUST_CHECK bool case_counter_pass(struct db_conn *conn, struct str day, int64_t last, struct err *err);
/* Links contacts with cases. Rows are (case_id, contact_id). Existing links stay. */
MUST_CHECK bool cases_link_contacts(struct db_conn *conn, struct row_set links, struct err *err);
/* Deletes extra fields. Rows are (case_id, key). */
MUST_CHECK bool cases_drop_extras(struct db_conn *conn, struct row_set extras, struct err *err);
/* Adds extra fields. Rows are (case_id, key, value). The cases must not have the key yet. */
MUST_CHECK bool cases_add_extras(struct db_conn *conn, struct row_set extras, struct err *err);
