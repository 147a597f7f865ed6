#include "model/case_forget.h"

#include "model/contact.h"

bool cases_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE cases SET created_by = NULL WHERE created_by IN (", logins, ")", err);
}

bool cases_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE cases AS t SET created_by = p.login_id FROM (", logins,
                        ") p WHERE t.id = p.case_id", err);
}

/* Reporters are texts. Clears those that the contact wrote, and those that are the name of the contact. */
bool cases_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
{
    static const char *const statement_literals[] = {
        "UPDATE case_change AS x SET before = '" CONTACT_ERASED_FIRST " " CONTACT_ERASED_LAST
        "' WHERE x.case_id IN (" CONTACT_CASES ") AND x.before IN " CONTACT_TEXTS,
        "UPDATE case_change AS x SET after = '" CONTACT_ERASED_FIRST " " CONTACT_ERASED_LAST
        "' WHERE x.case_id IN (" CONTACT_CASES ") AND x.after IN " CONTACT_TEXTS,
        "UPDATE cases SET reporter = '', reporter_phone = '' WHERE id IN (" CONTACT_CASES
        ") AND created_by IN (" CONTACT_LOGINS ")",
        "UPDATE cases SET reporter = '', reporter_phone = '' WHERE id IN (" CONTACT_CASES
        ") AND reporter = " CONTACT_NAME,
    };
    for (size_t i = 0; i < sizeof statement_literals / sizeof *statement_literals; i++) {
        if (!db_exec(conn, statement_literals[i], DB_ARGS(DB_INT(contact_id)), err))
            return false;
    }
    return true;
}
