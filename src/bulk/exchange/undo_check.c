/* Finds what prevents undoing a load: rows that were changed since, and rows that refer to new ones. */
#include "bulk/exchange/undo_run.h"

#include <inttypes.h>

/* --- reporting ---------------------------------------------------------------------------------------------------- */

static void undo_check_note(struct undo *undo, const char *file, struct str number, struct str what)
{
    struct load_undo_result *result = undo->result;
    result->blocker_total++;
    if (result->blocker_count < LOAD_BLOCKERS)
        result->blockers[result->blocker_count++] =
            arena_printf(undo->arena, "%s: %.*s: %.*s", file, STR_FMT(number), STR_FMT(what));
}

/* Notes a blocker for each number that the query returns. */
static bool undo_check_note_found(struct undo *undo, const struct sql *sql, const char *file, const char *what,
                                  struct err *err)
{
    struct db_rows *rows = db_query_sql(undo->conn, undo->arena, sql, err);
    while (db_next(rows))
        undo_check_note(undo, file, db_text(rows, 0), str_of(what));
    return db_done(rows, err);
}

void undo_images(struct undo *undo, struct sql *sql, const struct format *format, int64_t moment)
{
    sql_put(sql, "b.run_id = ? AND b.file = ? AND b.moment = ?", DB_INT(undo->run), DB_TEXT(str_of(format->file)),
            DB_INT(moment));
}

/* --- rows that were changed since --------------------------------------------------------------------------------- */

static bool undo_check_rows(struct undo *undo, const struct format *format, bool touched, struct err *err)
{
    struct kept kept[KEPT_MAX];
    size_t count = kept_columns(format, kept);
    struct sql sql =
        sql_start(undo->arena, "SELECT b.number FROM import_image b LEFT JOIN {} t ON t.id = b.row_id WHERE ",
                  SQL(format->table_literal));
    undo_images(undo, &sql, format, 1);
    sql_put(&sql, touched ? " AND b.touched = 1 AND (t.id IS NULL" : " AND b.touched = 0 AND (t.id IS NULL");
    for (size_t i = 0; i < count; i++) {
        if (touched && !kept[i].follows)
            continue;
        sql_put(&sql, " OR CAST(t.{} AS TEXT) IS DISTINCT FROM b.{}", SQL(kept[i].column_literal),
                SQL(kept[i].image_literal));
    }
    sql_put(&sql, ") ORDER BY b.row_id");
    return undo_check_note_found(undo, &sql, format->file, "was changed later", err);
}

static void undo_check_add_part(struct undo *undo, struct sql *sql, const struct kept_part *part)
{
    sql_put(sql, "p.run_id = ? AND p.part = ? AND p.moment = 1 AND p.owner = b.row_id", DB_INT(undo->run),
            DB_TEXT(str_of(part->table_literal)));
}

static void add_same(struct sql *sql, const struct kept_part *part)
{
    sql_put(sql, " AND p.key = {} AND p.value = {}", SQL(part->key_literal), SQL(part->value_literal));
}

static void add_own(struct sql *sql, const struct kept_part *part)
{
    sql_put(sql, "(SELECT 1 FROM {} k WHERE k.{} = b.row_id", SQL(part->table_literal), SQL(part->own_literal));
}

static bool check_part(struct undo *undo, const struct kept_part *part, struct err *err)
{
    const struct format *format = &formats[part->format];
    struct sql sql = sql_start(undo->arena, "SELECT b.number FROM import_image b WHERE ");
    undo_images(undo, &sql, format, 1);
    sql_put(&sql, " AND b.touched = 0 AND (EXISTS ");
    add_own(&sql, part);
    sql_put(&sql, " AND NOT EXISTS (SELECT 1 FROM import_part p WHERE ");
    undo_check_add_part(undo, &sql, part);
    add_same(&sql, part);
    sql_put(&sql, ")) OR EXISTS (SELECT 1 FROM import_part p WHERE ");
    undo_check_add_part(undo, &sql, part);
    sql_put(&sql, " AND NOT EXISTS ");
    add_own(&sql, part);
    add_same(&sql, part);
    sql_put(&sql, "))) ORDER BY b.row_id");
    return undo_check_note_found(undo, &sql, format->file,
                                 arena_printf(undo->arena, "its %s were changed later", part->what).p, err);
}

/* --- rows that refer to new ones ---------------------------------------------------------------------------------- */

#define NOBODY FORMAT_COUNT

/*
 * The columns that refer to rows of an import. A row with a reference to a new row prevents undoing, unless the run
 * itself wrote it. Rows of files are recognized by their id, links by their values.
 */
static const struct {
    enum format_id to;
    const char *table_literal, *column_literal;
    enum format_id of; /* the file of the rows; NOBODY: no file */
    const char *what;
} references[] = {
    {FORMAT_PICKLISTS, "object", "group_id", FORMAT_OBJECTS, "objects"},
    {FORMAT_PICKLISTS, "cases", "type_id", FORMAT_CASES, "cases"},
    {FORMAT_PICKLISTS, "cases", "priority_id", FORMAT_CASES, "cases"},
    {FORMAT_PICKLISTS, "work_order", "type_id", FORMAT_WORK_ORDERS, "work orders"},
    {FORMAT_PICKLISTS, "article_row", "action_code_id", FORMAT_ARTICLE_ROWS, "article rows"},
    {FORMAT_PICKLISTS, "file", "category_id", NOBODY, "files"},
    {FORMAT_CUSTOMERS, "object", "customer_id", FORMAT_OBJECTS, "objects"},
    {FORMAT_CUSTOMERS, "cases", "customer_id", FORMAT_CASES, "cases"},
    {FORMAT_CUSTOMERS, "invoice_specification", "customer_id", FORMAT_SPECIFICATIONS, "invoice specifications"},
    {FORMAT_CUSTOMERS, "file", "customer_id", NOBODY, "files"},
    {FORMAT_OBJECTS, "object", "parent_id", FORMAT_OBJECTS, "objects"},
    {FORMAT_OBJECTS, "cases", "object_id", FORMAT_CASES, "cases"},
    {FORMAT_OBJECTS, "file", "object_id", NOBODY, "files"},
    {FORMAT_CONTACTS, "cases", "primary_contact_id", FORMAT_CASES, "cases"},
    {FORMAT_ARTICLES, "article_row", "article_id", FORMAT_ARTICLE_ROWS, "article rows"},
    {FORMAT_CASES, "work_order", "case_id", FORMAT_WORK_ORDERS, "work orders"},
    {FORMAT_CASES, "article_row", "case_id", FORMAT_ARTICLE_ROWS, "article rows"},
    {FORMAT_CASES, "file", "case_id", NOBODY, "files"},
    {FORMAT_CASES, "submission", "case_id", NOBODY, "forms"},
    {FORMAT_CASES, "staff_submission", "case_id", NOBODY, "forms"},
    {FORMAT_CASES, "case_change", "case_id", NOBODY, "changes by staff"},
    {FORMAT_CASES, "case_note", "case_id", NOBODY, "notes"},
    {FORMAT_CASES, "case_message", "case_id", NOBODY, "messages"},
    {FORMAT_WORK_ORDERS, "article_row", "work_order_id", FORMAT_ARTICLE_ROWS, "article rows"},
    {FORMAT_SPECIFICATIONS, "specification_decision", "specification_id", NOBODY, "decisions"},
};

static const struct {
    enum format_id to;
    const char *column_literal;
    size_t part; /* position in kept_parts */
} links[] = {
    {FORMAT_CUSTOMERS, "customer_id", 0},
    {FORMAT_OBJECTS, "object_id", 1},
    {FORMAT_CONTACTS, "contact_id", 2},
    {FORMAT_ARTICLE_ROWS, "article_row_id", 4},
};

/* Begins a query of rows that refer to new rows of a file, with the numbers of the new rows. */
static void begin_reference(struct undo *undo, struct sql *sql, enum format_id to, const char *table_literal,
                            const char *column_literal)
{
    *sql = sql_start(undo->arena, "SELECT b.number, COUNT(*) FROM import_image b JOIN {} k ON k.{} = b.row_id WHERE ",
                     SQL(table_literal), SQL(column_literal));
    undo_images(undo, sql, &formats[to], 1);
    sql_put(sql, " AND NOT EXISTS (SELECT 1 FROM import_image n WHERE n.run_id = b.run_id AND n.file = b.file"
                 " AND n.moment = 0 AND n.row_id = b.row_id)");
}

static bool end_reference(struct undo *undo, struct sql *sql, enum format_id to, const char *what, struct err *err)
{
    sql_put(sql, " GROUP BY b.number ORDER BY b.number");
    struct db_rows *rows = db_query_sql(undo->conn, undo->arena, sql, err);
    while (db_next(rows))
        undo_check_note(undo, formats[to].file, db_text(rows, 0),
                        arena_printf(undo->arena, "%s refer to it: %" PRId64, what, db_int(rows, 1)));
    return db_done(rows, err);
}

static bool undo_check_reference(struct undo *undo, size_t at, struct err *err)
{
    struct sql sql;
    begin_reference(undo, &sql, references[at].to, references[at].table_literal, references[at].column_literal);
    if (references[at].of != NOBODY)
        sql_put(&sql,
                " AND NOT EXISTS (SELECT 1 FROM import_image o WHERE o.run_id = b.run_id AND o.moment = 1"
                " AND o.row_id = k.id AND o.file = ?)",
                DB_TEXT(str_of(formats[references[at].of].file)));
    return end_reference(undo, &sql, references[at].to, references[at].what, err);
}

static bool undo_check_link(struct undo *undo, size_t at, struct err *err)
{
    const struct kept_part *part = &kept_parts[links[at].part];
    struct sql sql;
    begin_reference(undo, &sql, links[at].to, part->table_literal, links[at].column_literal);
    sql_put(&sql,
            " AND NOT EXISTS (SELECT 1 FROM import_part p WHERE p.run_id = b.run_id AND p.moment = 1"
            " AND p.part = ? AND p.owner = k.{}",
            DB_TEXT(str_of(part->table_literal)), SQL(part->own_literal));
    add_same(&sql, part);
    sql_put(&sql, ")");
    return end_reference(undo, &sql, links[at].to, formats[part->format].what, err);
}

/* --- logins ------------------------------------------------------------------------------------------------------- */

#define NEW_LOGIN                                                                                                      \
    " AND NOT EXISTS (SELECT 1 FROM import_login o WHERE o.run_id = b.run_id AND o.kind = b.kind AND o.moment = 0"     \
    " AND o.owner_id = b.owner_id)"

static bool check_logins(struct undo *undo, struct err *err)
{
    static const struct {
        const char *literal, *what;
    } checks[] = {
        {"SELECT b.name FROM import_login b LEFT JOIN login l ON l.kind = b.kind AND l.owner_id = b.owner_id"
         " WHERE b.run_id = $1 AND b.moment = 1 AND (l.id IS DISTINCT FROM b.login_id OR l.name <> b.name"
         " OR l.password_set IS DISTINCT FROM b.password_set OR l.blocked <> b.blocked) ORDER BY b.name",
         "the login was changed later"},
        {"SELECT b.name FROM import_login b JOIN login l ON l.kind = b.kind AND l.owner_id = b.owner_id WHERE b.run_id "
         "= $1"
         " AND b.moment = 0 AND NOT EXISTS (SELECT 1 FROM import_login a WHERE a.run_id = b.run_id AND a.kind = b.kind"
         " AND a.moment = 1 AND a.owner_id = b.owner_id) ORDER BY b.name",
         "there is another login now"},
        {"SELECT b.name FROM import_login b JOIN login l ON l.id = b.login_id WHERE b.run_id = $1 AND b.moment = 1"
         " AND l.last_login IS NOT NULL" NEW_LOGIN " ORDER BY b.name",
         "somebody has logged in with it"},
        {"SELECT b.name FROM import_login b JOIN login l ON l.name = b.name WHERE b.run_id = $1 AND b.moment = 0"
         " AND l.id <> b.login_id AND NOT EXISTS (SELECT 1 FROM import_login a WHERE a.run_id = b.run_id AND a.moment "
         "= 1"
         " AND a.login_id = l.id) ORDER BY b.name",
         "another login has this user name now"},
        {"SELECT b.name FROM import_login b WHERE b.run_id = $1 AND b.moment = 1" NEW_LOGIN
         " AND (EXISTS (SELECT 1 FROM cases c WHERE c.created_by = b.login_id) OR EXISTS (SELECT 1 FROM case_message m"
         " WHERE m.login_id = b.login_id)) ORDER BY b.name",
         "somebody has written with it"},
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        struct db_rows *rows = db_query(undo->conn, undo->arena, checks[i].literal, DB_ARGS(DB_INT(undo->run)), err);
        while (db_next(rows))
            undo_check_note(undo, "logins", db_text(rows, 0), str_of(checks[i].what));
        if (!db_done(rows, err))
            return false;
    }
    return true;
}

bool undo_check(struct undo *undo, struct err *err)
{
    for (int id = 0; id < FORMAT_FILES; id++) {
        if (!undo_check_rows(undo, &formats[id], false, err) || !undo_check_rows(undo, &formats[id], true, err))
            return false;
    }
    for (size_t i = 0; i < KEPT_PARTS; i++) {
        if (!check_part(undo, &kept_parts[i], err))
            return false;
    }
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (!undo_check_reference(undo, i, err))
            return false;
    }
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        if (!undo_check_link(undo, i, err))
            return false;
    }
    return check_logins(undo, err);
}
