/*
 * Undoes a load: restores old values, links and logins, deletes new rows, and derives again the values that follow from
 * rows.
 */
#include "access/entity_words.h"
#include "access/scope.h"
#include "bulk/exchange/undo.h"
#include "model/case_write.h"
#include "model/contact.h"
#include "model/login.h"
#include "model/message.h"
#include "model/specification.h"
#include "portal/visit.h"

static void undo_apply_report(const struct undo *undo, const char *what, double done)
{
    if (undo->wish->report)
        undo->wish->report(undo->wish->context, what, done);
}

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
        "INSERT INTO undo_contact (id) SELECT b.row_id FROM import_image b WHERE b.run_id = $1"
        " AND b.file = 'contacts.csv' AND b.moment = 0",
        "INSERT INTO undo_specification (id) SELECT b.row_id FROM import_image b WHERE b.run_id = $1"
        " AND b.file = 'invoice_specifications.csv' AND b.moment = 0",
        "INSERT INTO undo_specification (id) SELECT l.specification_id FROM import_image b"
        " JOIN invoice_specification_row l ON l.article_row_id = b.row_id JOIN invoice_specification s ON s.id ="
        " l.specification_id WHERE b.run_id = $1 AND b.file = 'article_rows.csv' AND b.moment = 0"
        " AND NOT EXISTS (SELECT 1 FROM import_image n WHERE n.run_id = b.run_id AND n.moment = 1"
        " AND n.file = 'invoice_specifications.csv' AND n.row_id = s.id AND NOT EXISTS (SELECT 1"
        " FROM import_image o WHERE o.run_id = n.run_id AND o.file = n.file AND o.moment = 0"
        " AND o.row_id = n.row_id)) ON CONFLICT DO NOTHING",
    };
    return db_exec_each(undo->conn, DB_STATEMENTS(make_literals), DB_NO_ARGS, err) &&
           db_exec_each(undo->conn, DB_STATEMENTS(note_literals), DB_ARGS(DB_INT(undo->run)), err);
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
    bool link = part->other_literal != NULL;
    struct sql sql = sql_start(undo->arena, "INSERT INTO {} ({}, {}) SELECT p.owner, {}", SQL(part->table_literal),
                               SQL(part->own_literal), SQL(link ? part->other_literal : "key, value"),
                               SQL(link ? "CAST(p.key AS BIGINT)" : "p.key, p.value"));
    sql_put(&sql, " FROM import_part p WHERE p.run_id = ? AND p.moment = 0 AND p.part = ?", DB_INT(undo->run),
            DB_TEXT(str_of(part->table_literal)));
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
        sql_put(&sql, kept[i].number ? "{}{} = CAST(b.c{} AS BIGINT)" : "{}{} = b.c{}", SQL(any ? ", " : ""),
                SQL(kept[i].column_literal), SQL(kept[i].at_literal));
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
    sql_put(&sql, IMAGE_OF_NEW ")");
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

/* Takes into account work orders that were added after the load. */
static bool derive(struct undo *undo, struct err *err)
{
    const struct row_set reached = row_set("SELECT u.id FROM undo_reach u");
    return cases_derive_states(undo->conn, reached, err) && cases_derive_texts(undo->conn, reached, err) &&
           cases_derive_texts(undo->conn,
                              row_set_of("SELECT r.case_id FROM import_image b JOIN article_row r ON r.id = b.row_id"
                                         " WHERE b.run_id = $1 AND b.file = 'article_rows.csv' AND b.moment = 0",
                                         undo->run),
                              err) &&
           cases_move_versions(undo->conn, reached, err) &&
           contacts_drop_addresses(undo->conn, row_set("SELECT u.id FROM undo_contact u"), err) &&
           contacts_derive_addresses(
               undo->conn,
               "SELECT c.id, c.email, c.email_2, c.email_3 FROM undo_contact u JOIN contact c ON c.id = u.id"
               " WHERE u.id > $1 ORDER BY u.id LIMIT $2",
               err) &&
           specification_refresh(undo->conn,
                                 "SELECT u.id FROM undo_specification u WHERE u.id > $1 ORDER BY u.id LIMIT $2", err) &&
           reach_refresh(undo->conn, "SELECT COUNT(*) FROM undo_reach",
                         "SELECT u.id FROM undo_reach u WHERE u.id > $1 ORDER BY u.id LIMIT $2", err);
}

#define UNDONE " FROM import_image b WHERE b.run_id = $1 AND b.file = "

static bool undo_words(struct undo *undo, struct err *err)
{
    static const struct {
        enum search_index index;
        const char *rows_literal;
    } UNDONE_ROWS[] = {
        {SEARCH_CUSTOMERS, "SELECT DISTINCT b.row_id" UNDONE "'customers.csv'"},
        {SEARCH_OBJECTS, "SELECT b.row_id" UNDONE "'objects.csv' UNION SELECT o.id FROM object o WHERE o.customer_id IN"
                         " (SELECT b.row_id" UNDONE "'customers.csv')"},
        {SEARCH_SPECIFICATIONS,
         "SELECT b.row_id" UNDONE "'invoice_specifications.csv' UNION SELECT i.id FROM invoice_specification i"
         " WHERE i.customer_id IN (SELECT b.row_id" UNDONE "'customers.csv')"},
        {SEARCH_CONTACTS, "SELECT DISTINCT b.row_id" UNDONE "'contacts.csv'"},
        {SEARCH_ARTICLES, "SELECT DISTINCT b.row_id" UNDONE "'articles.csv'"},
        {SEARCH_FILES, "SELECT DISTINCT b.row_id" UNDONE "'files.csv'"},
    };
    for (size_t i = 0; i < COUNT_OF(UNDONE_ROWS); i++) {
        if (!entity_words_refresh_rows(undo->conn, UNDONE_ROWS[i].index,
                                       row_set_of(UNDONE_ROWS[i].rows_literal, undo->run), err))
            return false;
    }
    return true;
}

static bool forget_addresses(struct undo *undo, struct err *err)
{
    return contacts_drop_addresses(undo->conn,
                                   row_set_of("SELECT b.row_id FROM import_image b WHERE b.run_id = $1"
                                              " AND b.file = 'contacts.csv' AND b.moment = 1",
                                              undo->run),
                                   err);
}

/* Undoes everything. The caller has checked that nothing prevents it. */
static bool undo_apply(struct undo *undo, struct err *err)
{
    struct kept_part parts[KEPT_PARTS];
    kept_parts(parts);
    undo_apply_report(undo, "writing", 0);
    if (!undo_apply_note_touched(undo, err))
        return false;
    for (size_t i = 0; i < KEPT_PARTS; i++) {
        if (!delete_part(undo, &parts[i], err))
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
        if (!insert_part(undo, &parts[i], err))
            return false;
    }
    undo_apply_report(undo, "search words", 0);
    return derive(undo, err) && undo_words(undo, err) && generation_bump(undo->conn, err);
}

static bool undo_body(struct db_conn *conn, void *context, struct err *err)
{
    struct undo *undo = context;
    struct load_undo_result *result = undo->result;
    result->blocker_count = 0;
    result->blocker_total = 0;
    if (!specification_lock(conn, err) || !undo_check(undo, err))
        return false;
    if (result->blocker_total)
        return err_set(err, ERR_CONFLICT, NULL, "rows of the import were changed since");
    if (!undo_apply(undo, err) || !undo_check_attested(undo, err))
        return false;
    if (result->blocker_total)
        return err_set(err, ERR_CONFLICT, NULL, "rows on a specification that is out would not be attested");
    return undo->wish->finish(conn, undo->wish->context, err);
}

bool load_undo_run(struct db_conn *conn, struct arena *arena, int64_t run, const struct load_undo *wish,
                   struct load_undo_result *result, struct err *err)
{
    struct undo undo = {.conn = conn, .arena = arena, .run = run, .wish = wish, .result = result};
    result->blockers = ARENA_ARRAY(arena, struct str, LOAD_BLOCKERS);
    return db_bulk_prepare(conn, err) && db_transaction(conn, undo_body, &undo, err);
}
