/* Removes deleted logins and erased contacts from messages. The messages stay. */
#pragma once

#include "db/row_set.h"

/* Clears the login of the messages that these logins wrote. */
MUST_CHECK bool messages_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/* Gives messages back the logins they had. Rows are (message_id, login_id). */
MUST_CHECK bool messages_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/*
 * Removes the name of a contact from the messages that it wrote. Call it before the logins of the contact are deleted.
 */
MUST_CHECK bool messages_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err);
