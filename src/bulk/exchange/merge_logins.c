#include "bulk/exchange/stage.h"
#include "model/login.h"

#define NAME_TAKEN "another login has this user name"

bool accounts_check(struct load *load, struct err *err)
{
    return db_query_int(load->conn, "SELECT COALESCE(MAX(id), 0) FROM account", DB_NO_ARGS, NULL, &load->last_account,
                        err) &&
           note_logins(load,
                       "SELECT n.source, n.line, n.name FROM stage_login n JOIN login l ON l.name = n.name"
                       " WHERE n.kind = 'contact' AND l.kind <> 'contact' ORDER BY n.source, n.line",
                       NAME_TAKEN, err);
}

bool accounts_name(struct load *load, const struct input *input, struct err *err)
{
    if (input->format != &formats[FORMAT_ACCOUNTS])
        return true;
    return logins_add(load->conn,
                      row_set_of_two("SELECT n.name, 'contact', a.id, n.hash, CASE WHEN n.hash IS NULL THEN NULL"
                                     " ELSE $2 END FROM account a JOIN stage_accounts s ON s.v_email = a.email"
                                     " JOIN stage_login n ON n.kind = 'contact' AND n.line = s.line"
                                     " WHERE a.id > $1 AND s.id IS NULL",
                                     load->last_account, load->now),
                      err);
}

static bool merge_logins_resolve(struct load *load, const struct format *format, struct err *err)
{
    struct sql sql =
        sql_start(load->arena,
                  "UPDATE stage_login AS n SET owner = (SELECT s.id FROM {} s WHERE s.line = n.line) WHERE n.kind = ?",
                  SQL(format->stage_literal), DB_TEXT(str_of(format->login_kind)));
    return db_exec_sql(load->conn, &sql, err) &&
           db_exec(load->conn,
                   "UPDATE stage_login AS n SET login_id = (SELECT l.id FROM login l WHERE l.kind = n.kind"
                   " AND l.owner_id = n.owner) WHERE n.kind = $1",
                   DB_ARGS(DB_TEXT(str_of(format->login_kind))), err);
}

bool logins_mark(struct load *load, const struct input *input, struct err *err)
{
    const struct format *format = input->format;
    if (!format->login_kind)
        return true;
    struct sql sql = sql_start(load->arena,
                               "UPDATE {} AS s SET state = " STATE_CHANGED_SQL " WHERE s.state = " STATE_UNCHANGED_SQL
                               " AND EXISTS (SELECT 1 FROM stage_login n"
                               " LEFT JOIN login l ON l.id = n.login_id WHERE n.kind = ? AND n.line = s.line"
                               " AND (n.name IS DISTINCT FROM l.name"
                               " OR (n.secret = 1 AND n.hash IS DISTINCT FROM l.password_hash)))",
                               SQL(format->stage_literal), DB_TEXT(str_of(format->login_kind)));
    return merge_logins_resolve(load, format, err) && db_exec_sql(load->conn, &sql, err);
}

/* An empty name removes the login and everything that depends on it. */
static bool remove_logins(struct load *load, struct err *err)
{
    int64_t count = 0;
    if (!db_query_int(load->conn, "SELECT COUNT(*) FROM stage_login n WHERE n.name IS NULL AND n.login_id IS NOT NULL",
                      DB_NO_ARGS, NULL, &count, err))
        return false;
    load->result->logins_removed = count;
    return count == 0 || (undo_keep_removed(load, err) &&
                          logins_delete(load->conn,
                                        row_set("SELECT n.login_id FROM stage_login n WHERE n.name IS NULL"
                                                " AND n.login_id IS NOT NULL"),
                                        err));
}

#define RENAMED                                                                                                        \
    " FROM stage_login n JOIN login l ON l.id = n.login_id WHERE n.name IS NOT NULL AND n.kind <> 'contact'"           \
    " AND n.name <> l.name"

/*
 * Sets passwords, then ends the sessions of these logins and voids links mailed before. This order matters: somebody
 * who logs in with the old password right now either has a session that ends here, or is refused.
 */
bool passwords_write(struct load *load, struct err *err)
{
    return logins_set_hashes(load->conn,
                             row_set_of("SELECT n.login_id AS id, n.hash FROM stage_login n JOIN login l"
                                        " ON l.id = n.login_id WHERE n.secret = 1"
                                        " AND l.password_hash IS DISTINCT FROM n.hash",
                                        load->now),
                             err) &&
           logins_end_sessions(load->conn,
                               row_set_of("SELECT n.login_id FROM stage_login n JOIN login l ON l.id = n.login_id"
                                          " WHERE n.secret = 1 AND l.password_set = $1",
                                          load->now),
                               err);
}

static bool name_logins(struct load *load, struct err *err)
{
    return logins_set_names(load->conn,
                            row_set("SELECT n.login_id AS id, n.name FROM stage_login n"
                                    " WHERE n.login_id IS NOT NULL AND n.name IS NOT NULL AND n.kind <> 'contact'"),
                            err) &&
           logins_add(load->conn,
                      row_set_of("SELECT n.name, n.kind, n.owner, n.hash, $1 FROM stage_login n"
                                 " WHERE n.kind <> 'contact' AND n.name IS NOT NULL AND n.login_id IS NULL",
                                 load->now),
                      err);
}

bool logins_write(struct load *load, struct err *err)
{
    if (!remove_logins(
            load, err) || /* Logins may swap names within one import, so each first gets a name that nobody can have. */
        !logins_release_names(load->conn, row_set("SELECT l.id" RENAMED), err) ||
        !note_logins(load,
                     "SELECT n.source, n.line, n.name FROM stage_login n JOIN login l ON l.name = n.name"
                     " WHERE n.kind <> 'contact' AND n.login_id IS DISTINCT FROM l.id ORDER BY n.source, n.line",
                     NAME_TAKEN, err))
        return false;
    return load->problems.count > 0 || (name_logins(load, err) && passwords_write(load, err));
}
