#include "model/message_forget.h"

#include "model/contact.h"

bool messages_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE case_message SET login_id = NULL WHERE login_id IN (", logins, ")", err);
}

bool messages_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE case_message AS t SET login_id = p.login_id FROM (", logins,
                        ") p WHERE t.id = p.message_id", err);
}

bool messages_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
{
    return db_exec(conn,
                   "UPDATE case_message AS m SET who = '" CONTACT_ERASED_FIRST " " CONTACT_ERASED_LAST
                   "', login_id = NULL WHERE " CONTACT_MESSAGES,
                   DB_ARGS(DB_INT(contact_id)), err);
}
