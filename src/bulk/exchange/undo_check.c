/* Finds what prevents undoing a load: rows that were changed since, and rows that refer to new ones. */
#include "bulk/exchange/undo.h"

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
    for (struct str number; db_read_next(rows, TO_LENT(&number));)
        undo_check_note(undo, file, number, str_of(what));
    return db_done(rows, err);
}

void undo_images(const struct undo *undo, struct sql *sql, const struct format *format, int64_t moment)
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
        sql_put(&sql, " OR CAST(t.{} AS TEXT) IS DISTINCT FROM b.c{}", SQL(kept[i].column_literal),
                SQL(kept[i].at_literal));
    }
    sql_put(&sql, ") ORDER BY b.number COLLATE \"sv-natural\"");
    return undo_check_note_found(undo, &sql, format->file, "was changed later", err);
}

/* Appends the condition that the kept part `p` and the row `k` are the same. */
static void add_same(struct sql *sql, const struct kept_part *part)
{
    sql_put(sql, " AND p.key = ");
    kept_part_row(sql, part, " AND p.value = ");
}

/* Appends a query of the parts that the run left of the row `b`. */
static void add_left(const struct undo *undo, struct sql *sql, const struct kept_part *part)
{
    sql_put(sql,
            "(SELECT 1 FROM import_part p WHERE p.run_id = ? AND p.part = ? AND p.moment = 1 AND p.owner = b.row_id",
            DB_INT(undo->run), DB_TEXT(str_of(part->table_literal)));
}

static void add_own(struct sql *sql, const struct kept_part *part)
{
    sql_put(sql, "(SELECT 1 FROM {} k WHERE k.{} = b.row_id", SQL(part->table_literal), SQL(part->own_literal));
}

static bool check_part(struct undo *undo, const struct kept_part *part, struct err *err)
{
    struct sql sql = sql_start(undo->arena, "SELECT b.number FROM import_image b WHERE ");
    undo_images(undo, &sql, &formats[part->format], 1);
    sql_put(&sql, " AND b.touched = 0 AND (EXISTS ");
    add_own(&sql, part);
    sql_put(&sql, " AND NOT EXISTS ");
    add_left(undo, &sql, part);
    add_same(&sql, part);
    sql_put(&sql, ")) OR EXISTS ");
    add_left(undo, &sql, part);
    sql_put(&sql, " AND NOT EXISTS ");
    add_own(&sql, part);
    add_same(&sql, part);
    sql_put(&sql, "))) ORDER BY b.number COLLATE \"sv-natural\"");
    return undo_check_note_found(undo, &sql, formats[part->format].file,
                                 arena_printf(undo->arena, "its %s were changed later", part->what).p, err);
}

/* --- rows that refer to new ones ---------------------------------------------------------------------------------- */

/* A row with a reference to a new row prevents undoing, unless the run itself wrote it. */
struct undo_reference {
    enum format_id to;
    const char *table_literal, *column_literal;
    const char *what;             /* the rows that refer to it, for messages */
    const char *file;             /* the file of these rows, which are recognized by their id; NULL: no file */
    const struct kept_part *part; /* or the links, which are recognized by their values */
};

static bool undo_check_reference(struct undo *undo, const struct undo_reference *one, struct err *err)
{
    struct sql sql =
        sql_start(undo->arena, "SELECT b.number, COUNT(*) FROM import_image b JOIN {} k ON k.{} = b.row_id WHERE ",
                  SQL(one->table_literal), SQL(one->column_literal));
    undo_images(undo, &sql, &formats[one->to], 1);
    sql_put(&sql, IMAGE_OF_NEW);
    if (one->file)
        sql_put(&sql,
                " AND NOT EXISTS (SELECT 1 FROM import_image o WHERE o.run_id = b.run_id AND o.moment = 1"
                " AND o.row_id = k.id AND o.file = ?)",
                DB_TEXT(str_of(one->file)));
    if (one->part) {
        sql_put(&sql,
                " AND NOT EXISTS (SELECT 1 FROM import_part p WHERE p.run_id = b.run_id AND p.moment = 1"
                " AND p.part = ? AND p.owner = k.{}",
                DB_TEXT(str_of(one->table_literal)), SQL(one->part->own_literal));
        add_same(&sql, one->part);
        sql_put(&sql, ")");
    }
    sql_put(&sql, " GROUP BY b.number ORDER BY b.number COLLATE \"sv-natural\"");
    struct db_rows *rows = db_query_sql(undo->conn, undo->arena, &sql, err);
    struct str number;
    for (int64_t count; db_read_next(rows, TO_LENT(&number), TO(&count));)
        undo_check_note(undo, formats[one->to].file, number,
                        arena_printf(undo->arena, "%s refer to it: %" PRId64, one->what, count));
    return db_done(rows, err);
}

/* The references in the columns of files. */
static bool undo_check_columns(struct undo *undo, const struct format *of, struct err *err)
{
    const char *what = arena_printf(undo->arena, "%ss", of->what).p;
    for (size_t i = 0; i < of->column_count; i++) {
        const struct column *column = &of->columns[i];
        if (!column_refers(column))
            continue;
        const struct undo_reference one = {.to = column_kind(column) == CELL_PICKLIST
                                                     ? FORMAT_PICKLISTS
                                                     : format_of_table(column_refers_literal(column)),
                                           .table_literal = of->table_literal,
                                           .column_literal = column_target_literal(column),
                                           .what = what,
                                           .file = of->file};
        if (!undo_check_reference(undo, &one, err))
            return false;
    }
    return true;
}

#define CHANGES_OF(kind) "(SELECT row_id FROM register_change WHERE kind = '" kind "')"

static bool check_references(struct undo *undo, const struct kept_part parts[KEPT_PARTS], struct err *err)
{
    /* Tables that no file has. */
    static const struct undo_reference others[] = {
        {FORMAT_CASES, "submission", "case_id", "forms", NULL, NULL},
        {FORMAT_CASES, "staff_submission", "case_id", "forms", NULL, NULL},
        {FORMAT_CASES, "case_change", "case_id", "changes by staff", NULL, NULL},
        {FORMAT_CUSTOMERS, CHANGES_OF("customer"), "row_id", "changes by staff", NULL, NULL},
        {FORMAT_OBJECTS, CHANGES_OF("object"), "row_id", "changes by staff", NULL, NULL},
        {FORMAT_CONTACTS, CHANGES_OF("contact"), "row_id", "changes by staff", NULL, NULL},
        {FORMAT_ARTICLES, CHANGES_OF("article"), "row_id", "changes by staff", NULL, NULL},
        {FORMAT_SPECIFICATIONS, CHANGES_OF("invoice_specification"), "row_id", "changes by staff", NULL, NULL},
        {FORMAT_CASES, "case_note", "case_id", "notes", NULL, NULL},
        {FORMAT_CASES, "case_message", "case_id", "messages", NULL, NULL},
        {FORMAT_SPECIFICATIONS, "specification_decision", "specification_id", "decisions", NULL, NULL},
        {FORMAT_CASES, "decision_remark", "case_id", "decisions", NULL, NULL},
        {FORMAT_ARTICLE_ROWS, "decision_remark", "article_row_id", "decisions", NULL, NULL},
    };
    bool ok = true;
    for (size_t i = 0; ok && i < FORMAT_COUNT; i++)
        ok = undo_check_columns(undo, &formats[i], err);
    for (size_t i = 0; ok && i < sizeof others / sizeof *others; i++)
        ok = undo_check_reference(undo, &others[i], err);
    for (size_t i = 0; ok && i < KEPT_PARTS; i++) {
        const char *what = arena_printf(undo->arena, "%ss", formats[parts[i].format].what).p;
        const struct undo_reference link = {parts[i].other, parts[i].table_literal, parts[i].other_literal, what, NULL,
                                            &parts[i]};
        ok = !parts[i].other_literal || undo_check_reference(undo, &link, err);
    }
    return ok;
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
         " OR l.password_set IS DISTINCT FROM b.password_set OR l.blocked <> b.blocked) ORDER BY b.name COLLATE "
         "\"sv-natural\"",
         "the login was changed later"},
        {"SELECT b.name FROM import_login b JOIN login l ON l.kind = b.kind AND l.owner_id = b.owner_id WHERE b.run_id "
         "= $1"
         " AND b.moment = 0 AND NOT EXISTS (SELECT 1 FROM import_login a WHERE a.run_id = b.run_id AND a.kind = b.kind"
         " AND a.moment = 1 AND a.owner_id = b.owner_id) ORDER BY b.name COLLATE \"sv-natural\"",
         "there is another login now"},
        {"SELECT b.name FROM import_login b JOIN login l ON l.id = b.login_id WHERE b.run_id = $1 AND b.moment = 1"
         " AND l.last_login IS NOT NULL" NEW_LOGIN " ORDER BY b.name COLLATE \"sv-natural\"",
         "somebody has logged in with it"},
        {"SELECT b.name FROM import_login b JOIN login l ON l.name = b.name WHERE b.run_id = $1 AND b.moment = 0"
         " AND l.id <> b.login_id AND NOT EXISTS (SELECT 1 FROM import_login a WHERE a.run_id = b.run_id"
         " AND a.moment = 1 AND a.login_id = l.id) ORDER BY b.name COLLATE \"sv-natural\"",
         "another login has this user name now"},
        {"SELECT b.name FROM import_login b WHERE b.run_id = $1 AND b.moment = 1" NEW_LOGIN
         " AND (EXISTS (SELECT 1 FROM cases c WHERE c.created_by = b.login_id) OR EXISTS (SELECT 1 FROM case_message m"
         " WHERE m.login_id = b.login_id)) ORDER BY b.name COLLATE \"sv-natural\"",
         "somebody has written with it"},
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        struct db_rows *rows = db_query(undo->conn, undo->arena, checks[i].literal, DB_ARGS(DB_INT(undo->run)), err);
        for (struct str name; db_read_next(rows, TO_LENT(&name));)
            undo_check_note(undo, "logins", name, str_of(checks[i].what));
        if (!db_done(rows, err))
            return false;
    }
    return true;
}

bool undo_check(struct undo *undo, struct err *err)
{
    struct kept_part parts[KEPT_PARTS];
    kept_parts(parts);
    for (int id = 0; id < FORMAT_FILES; id++) {
        if (!undo_check_rows(undo, &formats[id], false, err) || !undo_check_rows(undo, &formats[id], true, err))
            return false;
    }
    for (size_t i = 0; i < KEPT_PARTS; i++) {
        if (!check_part(undo, &parts[i], err))
            return false;
    }
    return check_references(undo, parts, err) && check_logins(undo, err);
}

bool undo_check_attested(struct undo *undo, struct err *err)
{
    struct sql sql = sql_start(undo->arena, "SELECT r.number FROM undo_specification u JOIN invoice_specification s"
                                            " ON s.id = u.id JOIN invoice_specification_row l ON l.specification_id ="
                                            " s.id JOIN article_row r ON r.id = l.article_row_id WHERE s.status <>"
                                            " 'draft' AND r.status = 'editable' ORDER BY r.number COLLATE"
                                            " \"sv-natural\"");
    return undo_check_note_found(undo, &sql, formats[FORMAT_ARTICLE_ROWS].file,
                                 "would not be attested any more, on a specification that is not a draft", err);
}
