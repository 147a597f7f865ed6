/*
 * The data kept for undoing imports holds personal data, too. When a person is erased, imports that touched the person,
 * their accounts or their cases can no longer be undone, and upkeep removes the data.
 */
#include "bulk/imports/pages.h"
#include "model/contact.h"

#define KEPT_OF "EXISTS (SELECT 1 FROM import_image i WHERE i.run_id = import_run.id AND i.moment = 1 AND i.file = "
#define NO_MORE "UPDATE import_run SET layout = '' WHERE layout <> '' AND "

bool imports_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
{
    static const char *const statement_literals[] = {
        NO_MORE KEPT_OF "'contacts.csv' AND i.row_id = $1)",
        NO_MORE KEPT_OF "'cases.csv' AND i.row_id IN (" CONTACT_CASES "))",
        NO_MORE KEPT_OF "'accounts.csv' AND i.row_id IN (SELECT owner_id FROM login WHERE id IN (" CONTACT_LOGINS ")))",
    };
    return db_exec_each(conn, DB_STATEMENTS(statement_literals), DB_ARGS(DB_INT(contact_id)), err);
}
