/* Cases of logins and persons that go: they stay, without them. */
#ifndef KP_MODEL_CASE_FORGET_H
#define KP_MODEL_CASE_FORGET_H

#include "db/row_set.h"

/* Cases that these logins made do not say so any more. */
bool cases_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));
/* Gives cases back the logins that made them. Rows are (case_id, login_id). */
bool cases_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));
/* Takes name and telephones of a contact out of the reporter and the history of its cases, before its logins go. */
bool cases_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
    __attribute__((warn_unused_result));

#endif
