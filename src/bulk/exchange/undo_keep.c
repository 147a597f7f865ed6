/* Keeps rows as they are before a load changes them, and as the load leaves them. */
#include "bulk/exchange/stage.h"
#include "bulk/exchange/undo.h"

#include <inttypes.h>
#include <string.h>

/* Columns with something of their own: derived ones, and ones that the file does not have. */
static const struct {
    enum format_id format;
    const char *column_literal;
    bool follows;  /* derived from work orders, or from the rows that a decision was made on */
    bool unlisted; /* not in the file */
    bool number;   /* of an unlisted column */
} SPECIAL[] = {
    {FORMAT_CONTACTS, "mails_off", .unlisted = true, .number = true},
    {FORMAT_ACCOUNTS, "mails_off", .unlisted = true, .number = true},
    {FORMAT_ARTICLES, "active", .unlisted = true, .number = true},
    {FORMAT_ARTICLE_ROWS, "total", .unlisted = true, .number = true},
    {FORMAT_CASES, "status", .follows = true},
    {FORMAT_CASES, "started", .follows = true},
    {FORMAT_CASES, "finished", .follows = true},
    {FORMAT_SPECIFICATIONS, "status", .follows = true},
    {FORMAT_SPECIFICATIONS, "decided_by", .follows = true},
    {FORMAT_SPECIFICATIONS, "decided_at", .follows = true},
    {FORMAT_SPECIFICATIONS, "comment", .follows = true},
    {FORMAT_SPECIFICATIONS, "decided_digest", .follows = true, .unlisted = true},
};
#define SPECIAL_COUNT (sizeof SPECIAL / sizeof *SPECIAL)

static void kept_add(const struct format *format, struct kept *kept, size_t *count, const char *column_literal,
                     bool number)
{
    static const char *const at_literals[KEPT_MAX] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",
                                                      "8",  "9",  "10", "11", "12", "13", "14", "15",
                                                      "16", "17", "18", "19", "20", "21", "22", "23"};
    bool follows = false;
    for (size_t i = 0; i < SPECIAL_COUNT; i++)
        follows = follows || (SPECIAL[i].follows && format == &formats[SPECIAL[i].format] &&
                              strcmp(SPECIAL[i].column_literal, column_literal) == 0);
    kept[*count] = (struct kept){column_literal, at_literals[*count], number, follows};
    (*count)++;
}

size_t kept_columns(const struct format *format, struct kept kept[KEPT_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        if (column_target_literal(column) && column_kind(column) != CELL_MADE)
            kept_add(format, kept, &count, column_target_literal(column),
                     column_is_number(column) || column_refers(column));
    }
    for (size_t i = 0; i < SPECIAL_COUNT; i++) {
        if (SPECIAL[i].unlisted && format == &formats[SPECIAL[i].format])
            kept_add(format, kept, &count, SPECIAL[i].column_literal, SPECIAL[i].number);
    }
    return count;
}

void kept_parts(struct kept_part parts[KEPT_PARTS])
{
    size_t count = 0;
    for (int id = 0; id < FORMAT_COUNT; id++) {
        for (size_t i = 0; i < formats[id].link_count; i++) {
            const struct link *link = &formats[id].links[i];
            const char *table = column_refers_literal(format_column(&formats[id], str_of(link->column)));
            parts[count++] = (struct kept_part){(enum format_id)id, link->column,        link->table_literal,
                                                link->own_literal,  link->other_literal, format_of_table(table)};
        }
    }
    parts[count] = (struct kept_part){FORMAT_CASES, "extra fields", "case_extra", "case_id", NULL, FORMAT_COUNT};
}

void kept_part_row(struct sql *sql, const struct kept_part *part, const char *between_literal)
{
    if (part->other_literal)
        sql_put(sql, "CAST(k.{} AS TEXT){}''", SQL(part->other_literal), SQL(between_literal));
    else
        sql_put(sql, "k.key{}k.value", SQL(between_literal));
}

/* Returns SQL of the number, or other name, that people know the row `t` by. */
static const char *number_literal(const struct format *format)
{
    if (format == &formats[FORMAT_PICKLISTS])
        return "t.list || ' ' || t.key";
    return format == &formats[FORMAT_ACCOUNTS] ? "t.email" : "t.number";
}

struct str load_undo_layout(struct arena *arena)
{
    uint64_t digest = UINT64_C(14695981039346656037);
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        struct kept kept[KEPT_MAX];
        size_t count = kept_columns(&formats[f], kept);
        for (size_t i = 0; i < count; i++) {
            digest = (digest ^ kept[i].number) * UINT64_C(1099511628211);
            for (const char *at = kept[i].column_literal; *at; at++)
                digest = (digest ^ (unsigned char)*at) * UINT64_C(1099511628211);
        }
    }
    return arena_printf(arena, "%016" PRIx64, digest);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* Begins `INSERT … SELECT … FROM table t WHERE`; the caller appends the condition. */
static void begin_image(struct load *load, struct sql *sql, const struct format *format, int64_t moment,
                        const char *touched_literal)
{
    struct kept kept[KEPT_MAX];
    size_t count = kept_columns(format, kept);
    *sql = sql_start(load->arena, "INSERT INTO import_image (run_id, file, moment, row_id, touched, number");
    for (size_t i = 0; i < count; i++)
        sql_put(sql, ", c{}", SQL(kept[i].at_literal));
    sql_put(sql, ") SELECT ?, ?, ?, t.id, {}, {}", DB_INT(load->options->run), DB_TEXT(str_of(format->file)),
            DB_INT(moment), SQL(touched_literal), SQL(number_literal(format)));
    for (size_t i = 0; i < count; i++)
        sql_put(sql, ", CAST(t.{} AS TEXT)", SQL(kept[i].column_literal));
    sql_put(sql, " FROM {} t WHERE ", SQL(format->table_literal));
}

static bool keep_parts(struct load *load, enum format_id id, int64_t moment, const char *states_literal,
                       struct err *err)
{
    struct kept_part parts[KEPT_PARTS];
    kept_parts(parts);
    for (size_t i = 0; i < KEPT_PARTS; i++) {
        const struct kept_part *part = &parts[i];
        if (part->format != id)
            continue;
        struct sql sql = sql_start(load->arena,
                                   "INSERT INTO import_part (run_id, part, moment, owner, key, value) SELECT ?, ?, ?,"
                                   " k.{}, ",
                                   DB_INT(load->options->run), DB_TEXT(str_of(part->table_literal)), DB_INT(moment),
                                   SQL(part->own_literal));
        kept_part_row(&sql, part, ", ");
        sql_put(&sql, " FROM {} k JOIN {} s ON s.id = k.{}{}", SQL(part->table_literal), SQL(formats[id].stage_literal),
                SQL(part->own_literal), SQL(states_literal));
        if (!db_exec_sql(load->conn, &sql, err))
            return false;
    }
    return true;
}

static bool keep_logins(struct load *load, const struct format *format, int64_t moment, const char *states_literal,
                        struct err *err)
{
    if (!format->login_kind)
        return true;
    struct sql sql =
        sql_start(load->arena,
                  "INSERT INTO import_login (run_id, kind, moment, owner_id, login_id, name, password_hash,"
                  " password_set, last_login, set_by, blocked)"
                  " SELECT ?, l.kind, ?, l.owner_id, l.id, l.name, l.password_hash, l.password_set, l.last_login,"
                  " l.set_by, l.blocked FROM login l JOIN {} s ON s.id = l.owner_id AND l.kind = ?{}",
                  DB_INT(load->options->run), DB_INT(moment), SQL(format->stage_literal),
                  DB_TEXT(str_of(format->login_kind)), SQL(states_literal));
    return db_exec_sql(load->conn, &sql, err);
}

bool undo_keep_before(struct load *load, const struct input *input, struct err *err)
{
    enum format_id id = (enum format_id)(input->format - formats);
    struct sql sql;
    if (!load->options->run)
        return true;
    begin_image(load, &sql, input->format, 0, "0");
    sql_put(&sql, "t.id IN (SELECT s.id FROM {} s WHERE s.state = " STATE_CHANGED_SQL ")",
            SQL(input->format->stage_literal));
    return db_exec_sql(load->conn, &sql, err) && keep_parts(load, id, 0, " WHERE s.state = " STATE_CHANGED_SQL, err) &&
           keep_logins(load, input->format, 0, " WHERE s.state = " STATE_CHANGED_SQL, err);
}

/* --- derived values ----------------------------------------------------------------------------------------------- */

/* Keeps rows that the load has noted in a table of its own, except new rows and rows that are kept already. */
static bool keep_touched(struct load *load, enum format_id id, const char *noted_literal, struct err *err)
{
    struct sql sql;
    begin_image(load, &sql, &formats[id], 0, "1");
    sql_put(&sql, noted_literal);
    if (load_input(load, id))
        sql_put(&sql, " AND NOT EXISTS (SELECT 1 FROM {} s WHERE s.id = t.id AND s.state <> " STATE_UNCHANGED_SQL ")",
                SQL(formats[id].stage_literal));
    return db_exec_sql(load->conn, &sql, err);
}

bool undo_keep_touched(struct load *load, struct err *err)
{
    return !load->options->run ||
           (keep_touched(load, FORMAT_CASES, "t.id IN (SELECT n.case_id FROM stage_touched n)", err) &&
            keep_touched(load, FORMAT_SPECIFICATIONS, "t.id IN (SELECT n.id FROM stage_specification n)", err));
}

/* Deleting a login also clears references to it, so these are kept too. */
bool undo_keep_removed(struct load *load, struct err *err)
{
    static const char *const statement_literals[] = {
        "INSERT INTO import_part (run_id, part, moment, owner, key, value) SELECT $1, 'cases.created_by', 0, c.id, '',"
        " CAST(c.created_by AS TEXT) FROM cases c JOIN stage_login n ON n.login_id = c.created_by WHERE n.name IS NULL",
        "INSERT INTO import_part (run_id, part, moment, owner, key, value)"
        " SELECT $1, 'case_message.login_id', 0, m.id, '', CAST(m.login_id AS TEXT) FROM case_message m"
        " JOIN stage_login n ON n.login_id = m.login_id WHERE n.name IS NULL",
    };
    return !load->options->run ||
           db_exec_each(load->conn, DB_STATEMENTS(statement_literals), DB_ARGS(DB_INT(load->options->run)), err);
}

/* --- after the load ----------------------------------------------------------------------------------------------- */

static bool keep_known(struct load *load, enum format_id id, bool touched, struct err *err)
{
    struct sql sql;
    begin_image(load, &sql, &formats[id], 1, touched ? "1" : "0");
    sql_put(&sql,
            "t.id IN (SELECT b.row_id FROM import_image b WHERE b.run_id = ? AND b.file = ? AND b.moment = 0"
            " AND b.touched = ?)",
            DB_INT(load->options->run), DB_TEXT(str_of(formats[id].file)), DB_INT(touched));
    return db_exec_sql(load->conn, &sql, err);
}

static bool keep_new(struct load *load, enum format_id id, struct err *err)
{
    struct sql sql;
    if (!load_input(load, id))
        return true;
    begin_image(load, &sql, &formats[id], 1, "0");
    sql_put(&sql, "t.id IN (SELECT s.id FROM {} s WHERE s.state = " STATE_ADDED_SQL ")",
            SQL(formats[id].stage_literal));
    return db_exec_sql(load->conn, &sql, err) &&
           keep_parts(load, id, 1, " WHERE s.state <> " STATE_UNCHANGED_SQL, err) &&
           keep_logins(load, &formats[id], 1, " WHERE s.state <> " STATE_UNCHANGED_SQL, err);
}

bool undo_keep_after(struct load *load, struct err *err)
{
    if (!load->options->run)
        return true;
    for (int id = 0; id < FORMAT_FILES; id++) {
        if ((load_input(load, (enum format_id)id) || id == FORMAT_CASES || id == FORMAT_SPECIFICATIONS) &&
            !(keep_known(load, (enum format_id)id, false, err) && keep_known(load, (enum format_id)id, true, err) &&
              keep_new(load, (enum format_id)id, err)))
            return false;
    }
    return true;
}

bool load_undo_forget(struct db_conn *conn, int64_t run, int64_t most, struct err *err)
{
    static const char *const statement_literals[] = {
        "DELETE FROM import_image WHERE run_id = $1 AND (file, moment, row_id) IN (SELECT i.file, i.moment, i.row_id"
        " FROM import_image i WHERE i.run_id = $1 LIMIT $2)",
        "DELETE FROM import_part WHERE run_id = $1 AND (part, moment, owner, key) IN (SELECT i.part, i.moment,"
        " i.owner, i.key FROM import_part i WHERE i.run_id = $1 LIMIT $2)",
        "DELETE FROM import_login WHERE run_id = $1 AND (kind, moment, owner_id) IN (SELECT i.kind, i.moment,"
        " i.owner_id FROM import_login i WHERE i.run_id = $1 LIMIT $2)",
    };
    return db_exec_each(conn, DB_STATEMENTS(statement_literals), DB_ARGS(DB_INT(run), DB_INT(most)), err);
}
