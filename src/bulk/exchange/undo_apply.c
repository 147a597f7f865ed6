/*
 * Undoes a load: restores old values, links and logins, deletes new rows, and derives again the values that follow from
 * rows.
 */
#include "access/scope.h"
#include "bulk/exchange/undo_run.h"
#include "db/dialect.h"
#include "model/case_forget.h"
#include "model/case_many.h"
#include "model/contact.h"
#include "model/login.h"
#include "model/message_forget.h"
#include "model/specification.h"
#include "portal/visit.h"

static void undo_apply_report(const struct undo *undo, const char *what, double done)
{
    if (undo->wish->report)
        undo->wish->report(undo->wish->context, what, done);
}

static bool undo_apply_run_each(struct undo *undo, const char *const *statement_literals, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!db_exec(undo->conn, statement_literals[i], DB_ARGS(DB_INT(undo->run)), err))
            return false;
    }
    return true;
}

#define EACH(literals_) (literals_), sizeof(literals_) / sizeof *(literals_)

/* --- rows to derive again; noted before the rows change ----------------------------------------------------------- */

static bool undo_apply_note_touched(struct undo *undo, struct err *err)
{
    static const char *const make_literals[] = {
        "CREATE TEMP TABLE undo_reach (id BIGINT NOT NULL PRIMARY KEY)",
        "CREATE TEMP TABLE undo_contact (id BIGINT NOT NULL PRIMARY KEY)",
        "CREATE TEMP TABLE undo_specification (id BIGINT NOT NULL PRIMARY KEY)",
    };
    static const char *const note_literals[] = {
        "INSERT INTO undo_reach (id) SELECT b.row_id FROM import_image b WHERE b.run_id = $1 AND b.file = 'cases.csv'"
        " AND b.moment = 1",
        "INSERT INTO undo_reach (id) SELECT c.id FROM import_image b JOIN cases c ON c.object_id = b.row_id"
        " WHERE b.run_id = $1 AND b.file = 'objects.csv' AND b.moment = 1 ON CONFLICT DO NOTHING",
        "INSERT INTO undo_reach (id) SELECT r.case_id FROM import_image b JOIN article_row r ON r.id = b.row_id"
        " WHERE b.run_id = $1 AND b.file = 'article_rows.csv' AND b.moment = 1 ON CONFLICT DO NOTHING",
        "INSERT INTO undo_contact (id) SELECT b.row_id FROM import_image b WHERE b.run_id = $1 AND b.file = "
        "'contacts.csv'"
        " AND b.moment = 0",
        "INSERT INTO undo_specification (id) SELECT b.row_id FROM import_image b WHERE b.run_id = $1"
        " AND b.file = 'invoice_specifications.csv' AND b.moment = 0",
        "INSERT INTO undo_specification (id) SELECT l.specification_id FROM import_image b"
        " JOIN invoice_specification_row l ON l.article_row_id = b.row_id JOIN invoice_specification s"
        " ON s.id = l.specification_id WHERE b.run_id = $1 AND b.file = 'article_rows.csv' AND b.moment = 0"
        " AND NOT EXISTS (SELECT 1 FROM import_image n WHERE n.run_id = b.run_id AND n.moment = 1"
        " AND n.file = 'invoice_specifications.csv' AND n.row_id = s.id AND NOT EXISTS (SELECT 1 FROM import_image o"
        " WHERE o.run_id = n.run_id AND o.file = n.file AND o.moment = 0 AND o.row_id = n.row_id)) ON CONFLICT DO "
        "NOTHING",
    };
    for (size_t i = 0; i < sizeof make_literals / sizeof *make_literals; i++) {
        if (!db_exec(undo->conn, make_literals[i], DB_NO_ARGS, err))
            return false;
    }
    return undo_apply_run_each(undo, EACH(note_literals), err);
}

/* --- links -------------------------------------------------------------------------------------------------------- */

static bool delete_part(struct undo *undo, const struct kept_part *part, struct err *err)
{
    struct sql sql = sql_start(
        undo->arena, "DELETE FROM {} WHERE {} IN (SELECT b.row_id FROM import_image b WHERE b.touched = 0 AND ",
        SQL(part->table_literal), SQL(part->own_literal));
    undo_images(undo, &sql, &formats[part->format], 1);
    sql_put(&sql, ")");
    return db_exec_sql(undo->conn, &sql, err);
}

static bool insert_part(struct undo *undo, const struct kept_part *part, struct err *err)
{
    struct sql sql = sql_start(undo->arena,
                               "INSERT INTO {} ({}, {}) SELECT p.owner, {} FROM import_part p WHERE p.run_id = ?"
                               " AND p.moment = 0 AND p.part = ?",
                               SQL(part->table_literal), SQL(part->own_literal), SQL(part->insert_literal),
                               SQL(part->restore_literal), DB_INT(undo->run), DB_TEXT(str_of(part->table_literal)));
    return db_exec_sql(undo->conn, &sql, err);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static bool restore_rows(struct undo *undo, const struct format *format, bool touched, struct err *err)
{
    struct kept kept[KEPT_MAX];
    size_t count = kept_columns(format, kept);
    bool any = false;
    struct sql sql = sql_start(undo->arena, "UPDATE {} AS t SET ", SQL(format->table_literal));
    for (size_t i = 0; i < count; i++) {
        if (touched && !kept[i].follows)
            continue;
        sql_put(&sql, "{}{} = {}", SQL(any ? ", " : ""), SQL(kept[i].column_literal), SQL(kept[i].restore_literal));
        any = true;
    }
    sql_put(&sql, " FROM import_image b WHERE b.row_id = t.id AND ");
    undo_images(undo, &sql, format, 0);
    sql_put(&sql, touched ? " AND b.touched = 1" : " AND b.touched = 0");
    return !any || db_exec_sql(undo->conn, &sql, err);
}

static bool delete_rows(struct undo *undo, const struct format *format, struct err *err)
{
    struct sql sql = sql_start(undo->arena, "DELETE FROM {} WHERE id IN (SELECT b.row_id FROM import_image b WHERE ",
                               SQL(format->table_literal));
    undo_images(undo, &sql, format, 1);
    sql_put(&sql, " AND NOT EXISTS (SELECT 1 FROM import_image n WHERE n.run_id = b.run_id AND n.file = b.file"
                  " AND n.moment = 0 AND n.row_id = b.row_id))");
    return db_exec_sql(undo->conn, &sql, err);
}

/* --- logins ------------------------------------------------------------------------------------------------------- */

#define NEW_LOGINS                                                                                                     \
    "SELECT a.login_id FROM import_login a WHERE a.run_id = $1 AND a.moment = 1 AND NOT EXISTS (SELECT 1"              \
    " FROM import_login o WHERE o.run_id = a.run_id AND o.kind = a.kind AND o.moment = 0 AND o.owner_id = a.owner_id)"
#define OTHER_PASSWORDS                                                                                                \
    "SELECT b.login_id FROM import_login b JOIN login l ON l.id = b.login_id WHERE b.run_id = $1 AND b.moment = 0"     \
    " AND l.password_hash IS DISTINCT FROM b.password_hash"

static bool restore_logins(struct undo *undo, struct err *err)
{
    struct db_conn *conn = undo->conn;
    struct row_set fresh = row_set_of(NEW_LOGINS, undo->run);
    /*
     * Logins may swap names, so each first gets a name that nobody can have. This comes first because it locks the
     * logins: nobody can log in with one until the end of the transaction.
     */
    return logins_release_names(
               conn,
               row_set_of("SELECT b.login_id FROM import_login b WHERE b.run_id = $1 AND b.moment = 0", undo->run),
               err) &&
           sessions_end(conn, row_set_of(OTHER_PASSWORDS, undo->run), err) && logins_delete(conn, fresh, err) &&
           logins_restore(
               conn, row_set_of("SELECT * FROM import_login b WHERE b.run_id = $1 AND b.moment = 0", undo->run), err) &&
           cases_restore_logins(
               conn,
               row_set_of("SELECT p.owner AS case_id, CAST(p.value AS BIGINT) AS login_id FROM import_part p"
                          " WHERE p.run_id = $1 AND p.part = 'cases.created_by' AND p.moment = 0",
                          undo->run),
               err) &&
           messages_restore_logins(
               conn,
               row_set_of("SELECT p.owner AS message_id, CAST(p.value AS BIGINT) AS login_id FROM import_part p"
                          " WHERE p.run_id = $1 AND p.part = 'case_message.login_id' AND p.moment = 0",
                          undo->run),
               err);
}

/* --- derived values ----------------------------------------------------------------------------------------------- */

/* From this many cases on, collecting the search words in bulk is cheaper. */
#define MANY 1000

static bool undo_apply_refresh_reach(struct undo *undo, struct err *err)
{
    int64_t count = 0;
    if (!db_query_int(undo->conn, "SELECT COUNT(*) FROM undo_reach", DB_NO_ARGS, NULL, &count, err))
        return false;
    if (count >= MANY && !dialect_search_bulk_begin(undo->conn, err))
        return false;
    undo_apply_report(undo, "search words", 0);
    if (!scope_refresh_cases(undo->conn, "SELECT u.id FROM undo_reach u WHERE u.id > $1 ORDER BY u.id LIMIT $2", err))
        return false;
    return count < MANY || dialect_search_bulk_end(undo->conn, err);
}

/* Takes into account work orders that were added after the load. */
static bool derive(struct undo *undo, struct err *err)
{
    const struct row_set reached = row_set("SELECT u.id FROM undo_reach u");
    return cases_derive_states(undo->conn, reached, err) && cases_move_versions(undo->conn, reached, err) &&
           contacts_drop_addresses(undo->conn, row_set("SELECT u.id FROM undo_contact u"), err) &&
           contacts_derive_addresses(
               undo->conn,
               "SELECT c.id, c.email, c.email_2, c.email_3 FROM undo_contact u JOIN contact c ON c.id = u.id"
               " WHERE u.id > $1 ORDER BY u.id LIMIT $2",
               err) &&
           specification_refresh(undo->conn,
                                 "SELECT u.id FROM undo_specification u WHERE u.id > $1 ORDER BY u.id LIMIT $2", err) &&
           undo_apply_refresh_reach(undo, err);
}

static bool forget_addresses(struct undo *undo, struct err *err)
{
    return contacts_drop_addresses(undo->conn,
                                   row_set_of("SELECT b.row_id FROM import_image b WHERE b.run_id = $1"
                                              " AND b.file = 'contacts.csv' AND b.moment = 1",
                                              undo->run),
                                   err);
}

bool undo_apply(struct undo *undo, struct err *err)
{
    undo_apply_report(undo, "writing", 0);
    if (!undo_apply_note_touched(undo, err))
        return false;
    for (size_t i = 0; i < KEPT_PARTS; i++) {
        if (!delete_part(undo, &kept_parts[i], err))
            return false;
    }
    for (int id = 0; id < FORMAT_FILES; id++) {
        if (!restore_rows(undo, &formats[id], false, err) || !restore_rows(undo, &formats[id], true, err))
            return false;
    }
    if (!restore_logins(undo, err) || !forget_addresses(undo, err))
        return false;
    for (int id = FORMAT_FILES - 1; id >= 0; id--) {
        undo_apply_report(undo, "writing", (double)(FORMAT_FILES - id) / FORMAT_FILES);
        if (!delete_rows(undo, &formats[id], err))
            return false;
    }
    for (size_t i = 0; i < KEPT_PARTS; i++) {
        if (!insert_part(undo, &kept_parts[i], err))
            return false;
    }
    return derive(undo, err) && generation_bump(undo->conn, err);
}
