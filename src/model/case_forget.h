/* Removes deleted logins and erased contacts from cases. The cases stay. */
#pragma once

#include "db/row_set.h"

/* Clears the login that created a case, for cases created by these logins. */
MUST_CHECK bool cases_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/* Gives cases back the logins that created them. Rows are (case_id, login_id). */
MUST_CHECK bool cases_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/*
 * Removes the name and phone numbers of a contact from the reporter and the history of its cases. Call it before the
 * logins of the contact are deleted.
 */
MUST_CHECK bool cases_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err);
