/* Messages of logins and persons that go. */
#ifndef KP_MODEL_MESSAGE_FORGET_H
#define KP_MODEL_MESSAGE_FORGET_H

#include "db/row_set.h"

/* Messages of these logins stay, without the login. */
bool messages_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));
/* Gives messages back the logins they had. Rows are (message_id, login_id). */
bool messages_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));
/* Takes the name of a contact out of what they wrote, before their logins go. */
bool messages_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
    __attribute__((warn_unused_result));

#endif
