/* Many cases at once, for imports. Each in the transaction of its caller. */
#ifndef KP_MODEL_CASE_MANY_H
#define KP_MODEL_CASE_MANY_H

#include "db/row_set.h"

/* Forms of staff that were opened before are older ones then. Rows are ids of cases, as below. */
bool cases_move_versions(struct db_conn *conn, struct row_set cases, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Derives the states of those that have work orders (model/case_state.h). The caller then refreshes their reach
 * (access/scope.h).
 */
bool cases_derive_states(struct db_conn *conn, struct row_set cases, struct err *err)
    __attribute__((warn_unused_result));
/* New cases of a day (`2026-11-23`) get numbers after `last`. */
bool case_counter_pass(struct db_conn *conn, struct str day, int64_t last, struct err *err)
    __attribute__((warn_unused_result));
/* Rows are (case_id, contact_id); links that are there already stay. */
bool cases_link_contacts(struct db_conn *conn, struct row_set links, struct err *err)
    __attribute__((warn_unused_result));
/* Rows are (case_id, key). */
bool cases_drop_extras(struct db_conn *conn, struct row_set extras, struct err *err)
    __attribute__((warn_unused_result));
/* Rows are (case_id, key, value); the cases have no such key. */
bool cases_add_extras(struct db_conn *conn, struct row_set extras, struct err *err) __attribute__((warn_unused_result));

#endif
