/* Changes many cases at once, for imports. Each function runs in the transaction of its caller. */
#ifndef KP_MODEL_CASE_MANY_H
#define KP_MODEL_CASE_MANY_H

#include "db/row_set.h"

/*
 * Increments the versions of cases, so that forms that staff opened before count as older. Rows are ids of cases, as in
 * cases_derive_states.
 */
bool cases_move_versions(struct db_conn *conn, struct row_set cases, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Derives the states of those cases that have work orders (model/case_state.h). The caller then refreshes the reach of
 * the cases (access/scope.h).
 */
bool cases_derive_states(struct db_conn *conn, struct row_set cases, struct err *err)
    __attribute__((warn_unused_result));
/* Makes new cases of a day (`2026-11-23`) get numbers after `last`. */
bool case_counter_pass(struct db_conn *conn, struct str day, int64_t last, struct err *err)
    __attribute__((warn_unused_result));
/* Links contacts with cases. Rows are (case_id, contact_id). Existing links stay. */
bool cases_link_contacts(struct db_conn *conn, struct row_set links, struct err *err)
    __attribute__((warn_unused_result));
/* Deletes extra fields. Rows are (case_id, key). */
bool cases_drop_extras(struct db_conn *conn, struct row_set extras, struct err *err)
    __attribute__((warn_unused_result));
/* Adds extra fields. Rows are (case_id, key, value). The cases must not have the key yet. */
bool cases_add_extras(struct db_conn *conn, struct row_set extras, struct err *err) __attribute__((warn_unused_result));

#endif
