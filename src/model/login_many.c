/* Changes many logins at once, for imports, undoing imports and erasing persons. */
#include "model/case_write.h"
#include "model/login.h"
#include "model/message.h"
#include "model/submission.h"
#include "portal/visit.h"

bool logins_end_sessions(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return sessions_end(conn, logins, err) &&
           db_exec_rows(conn, "DELETE FROM mail_token WHERE login_id IN (", logins, ")", err);
}

bool logins_delete(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return logins_end_sessions(conn, logins, err) &&
           db_exec_rows(conn, "DELETE FROM known_device WHERE login_id IN (", logins, ")", err) &&
           submissions_drop_logins(conn, logins, err) && view_as_drop_logins(conn, logins, err) &&
           cases_forget_logins(conn, logins, err) && messages_forget_logins(conn, logins, err) &&
           db_exec_rows(conn, "DELETE FROM login WHERE id IN (", logins, ")", err);
}

bool accounts_delete(struct db_conn *conn, struct row_set accounts, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM account WHERE id IN (", accounts, ")", err);
}

bool logins_release_names(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE login SET name = '\x01' || id WHERE id IN (", logins, ")", err);
}

bool logins_set_names(struct db_conn *conn, struct row_set names, struct err *err)
{
    return db_exec_rows(conn, "UPDATE login AS l SET name = n.name FROM (", names, ") n WHERE l.id = n.id", err);
}

bool logins_set_hashes(struct db_conn *conn, struct row_set hashes, struct err *err)
{
    return db_exec_rows(conn, "UPDATE login AS l SET password_hash = n.hash, password_set = $1 FROM (", hashes,
                        ") n WHERE l.id = n.id", err);
}

bool logins_add(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "INSERT INTO login (name, kind, owner_id, password_hash, password_set)", logins, "", err);
}

bool logins_restore(struct db_conn *conn, struct row_set kept, struct err *err)
{
    return db_exec_rows(conn,
                        "UPDATE login AS l SET name = b.name, password_hash = b.password_hash,"
                        " password_set = b.password_set, set_by = b.set_by FROM (",
                        kept, ") b WHERE l.id = b.login_id", err) &&
           db_exec_rows(conn,
                        "INSERT INTO login (id, name, kind, owner_id, password_hash, password_set, last_login, set_by,"
                        " blocked) SELECT b.login_id, b.name, b.kind, b.owner_id, b.password_hash, b.password_set,"
                        " b.last_login, b.set_by, b.blocked FROM (",
                        kept, ") b WHERE NOT EXISTS (SELECT 1 FROM login l WHERE l.id = b.login_id)", err);
}
