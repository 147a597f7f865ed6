/* Keeps rows as they are before a load changes them, and as the load leaves them. */
#include "bulk/exchange/stage.h"
#include "bulk/exchange/undo.h"

#include <inttypes.h>
#include <string.h>

static const char *const image_literals[KEPT_MAX] = {"c0",  "c1",  "c2",  "c3",  "c4",  "c5",  "c6",  "c7",
                                                     "c8",  "c9",  "c10", "c11", "c12", "c13", "c14", "c15",
                                                     "c16", "c17", "c18", "c19", "c20", "c21", "c22", "c23"};
/* SQL that reads a kept value as a number, or as a text. */
static const char *const number_literals[KEPT_MAX] = {
    "CAST(b.c0 AS BIGINT)",  "CAST(b.c1 AS BIGINT)",  "CAST(b.c2 AS BIGINT)",  "CAST(b.c3 AS BIGINT)",
    "CAST(b.c4 AS BIGINT)",  "CAST(b.c5 AS BIGINT)",  "CAST(b.c6 AS BIGINT)",  "CAST(b.c7 AS BIGINT)",
    "CAST(b.c8 AS BIGINT)",  "CAST(b.c9 AS BIGINT)",  "CAST(b.c10 AS BIGINT)", "CAST(b.c11 AS BIGINT)",
    "CAST(b.c12 AS BIGINT)", "CAST(b.c13 AS BIGINT)", "CAST(b.c14 AS BIGINT)", "CAST(b.c15 AS BIGINT)",
    "CAST(b.c16 AS BIGINT)", "CAST(b.c17 AS BIGINT)", "CAST(b.c18 AS BIGINT)", "CAST(b.c19 AS BIGINT)",
    "CAST(b.c20 AS BIGINT)", "CAST(b.c21 AS BIGINT)", "CAST(b.c22 AS BIGINT)", "CAST(b.c23 AS BIGINT)"};
static const char *const text_literals[KEPT_MAX] = {
    "b.c0",  "b.c1",  "b.c2",  "b.c3",  "b.c4",  "b.c5",  "b.c6",  "b.c7",  "b.c8",  "b.c9",  "b.c10", "b.c11",
    "b.c12", "b.c13", "b.c14", "b.c15", "b.c16", "b.c17", "b.c18", "b.c19", "b.c20", "b.c21", "b.c22", "b.c23"};

/* Columns that the file does not have: they are derived, or changed in the portal only. */
static const struct {
    enum format_id format;
    const char *column_literal;
    bool number;
} others[] = {
    {FORMAT_CONTACTS, "mails_off", true},
    {FORMAT_ACCOUNTS, "mails_off", true},
    {FORMAT_ARTICLES, "active", true},
    {FORMAT_ARTICLE_ROWS, "total", true},
    {FORMAT_SPECIFICATIONS, "decided_digest", false},
};

const struct kept_part kept_parts[KEPT_PARTS] = {
    {FORMAT_CONTACTS, "contact_customer", "contact_id", "CAST(k.customer_id AS TEXT)", "''", "customer_id",
     "CAST(p.key AS BIGINT)", "customers"},
    {FORMAT_CONTACTS, "contact_object", "contact_id", "CAST(k.object_id AS TEXT)", "''", "object_id",
     "CAST(p.key AS BIGINT)", "objects"},
    {FORMAT_CASES, "case_contact", "case_id", "CAST(k.contact_id AS TEXT)", "''", "contact_id", "CAST(p.key AS BIGINT)",
     "contacts"},
    {FORMAT_CASES, "case_extra", "case_id", "k.key", "k.value", "key, value", "p.key, p.value", "extra fields"},
    {FORMAT_SPECIFICATIONS, "invoice_specification_row", "specification_id", "CAST(k.article_row_id AS TEXT)", "''",
     "article_row_id", "CAST(p.key AS BIGINT)", "rows"},
};

/* Returns whether the column may be derived: from work orders, or from the rows that a decision was made on. */
static bool follows(const struct format *format, const char *column_literal)
{
    static const char *const of_cases[] = {"status", "started", "finished"};
    static const char *const of_specifications[] = {"status", "decided_by", "decided_at", "comment", "decided_digest"};
    for (size_t i = 0; format == &formats[FORMAT_CASES] && i < sizeof of_cases / sizeof *of_cases; i++) {
        if (strcmp(of_cases[i], column_literal) == 0)
            return true;
    }
    for (size_t i = 0;
         format == &formats[FORMAT_SPECIFICATIONS] && i < sizeof of_specifications / sizeof *of_specifications; i++) {
        if (strcmp(of_specifications[i], column_literal) == 0)
            return true;
    }
    return false;
}

static struct kept kept_at(const struct format *format, size_t at, const char *column_literal, bool number)
{
    return (struct kept){column_literal, image_literals[at], number ? number_literals[at] : text_literals[at],
                         follows(format, column_literal)};
}

size_t kept_columns(const struct format *format, struct kept kept[KEPT_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        if (column_target_literal(column) && column_kind(column) != CELL_MADE) {
            kept[count] = kept_at(format, count, column_target_literal(column),
                                  column_is_number(column) || column_refers(column));
            count++;
        }
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (format == &formats[others[i].format]) {
            kept[count] = kept_at(format, count, others[i].column_literal, others[i].number);
            count++;
        }
    }
    return count;
}

const char *kept_number_literal(const struct format *format)
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
            for (const char *at = kept[i].restore_literal; *at; at++)
                digest = (digest ^ (unsigned char)*at) * UINT64_C(1099511628211);
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
        sql_put(sql, ", {}", SQL(kept[i].image_literal));
    sql_put(sql, ") SELECT ?, ?, ?, t.id, {}, {}", DB_INT(load->options->run), DB_TEXT(str_of(format->file)),
            DB_INT(moment), SQL(touched_literal), SQL(kept_number_literal(format)));
    for (size_t i = 0; i < count; i++)
        sql_put(sql, ", CAST(t.{} AS TEXT)", SQL(kept[i].column_literal));
    sql_put(sql, " FROM {} t WHERE ", SQL(format->table_literal));
}

static bool keep_parts(struct load *load, enum format_id id, int64_t moment, const char *states_literal,
                       struct err *err)
{
    for (size_t i = 0; i < KEPT_PARTS; i++) {
        const struct kept_part *part = &kept_parts[i];
        if (part->format != id)
            continue;
        struct sql sql = sql_start(
            load->arena,
            "INSERT INTO import_part (run_id, part, moment, owner, key, value) SELECT ?, ?, ?, k.{}, {}, {}"
            " FROM {} k JOIN {} s ON s.id = k.{}{}",
            DB_INT(load->options->run), DB_TEXT(str_of(part->table_literal)), DB_INT(moment), SQL(part->own_literal),
            SQL(part->key_literal), SQL(part->value_literal), SQL(part->table_literal), SQL(formats[id].stage_literal),
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
    sql_put(&sql, "t.id IN (SELECT s.id FROM {} s WHERE s.state = 1)", SQL(input->format->stage_literal));
    return db_exec_sql(load->conn, &sql, err) && keep_parts(load, id, 0, " WHERE s.state = 1", err) &&
           keep_logins(load, input->format, 0, " WHERE s.state = 1", err);
}

/* --- derived values ----------------------------------------------------------------------------------------------- */

/* Keeps rows that the load has noted in a table of its own, except new rows and rows that are kept already. */
static bool keep_touched(struct load *load, enum format_id id, const char *noted_literal, struct err *err)
{
    struct sql sql;
    begin_image(load, &sql, &formats[id], 0, "1");
    sql_put(&sql, noted_literal);
    if (load_input(load, id))
        sql_put(&sql, " AND NOT EXISTS (SELECT 1 FROM {} s WHERE s.id = t.id AND s.state <> 0)",
                SQL(formats[id].stage_literal));
    return db_exec_sql(load->conn, &sql, err);
}

bool undo_keep_cases(struct load *load, struct err *err)
{
    return !load->options->run ||
           keep_touched(load, FORMAT_CASES, "t.id IN (SELECT n.case_id FROM stage_touched n)", err);
}

bool undo_keep_specifications(struct load *load, struct err *err)
{
    return !load->options->run ||
           keep_touched(load, FORMAT_SPECIFICATIONS, "t.id IN (SELECT n.id FROM stage_specification n)", err);
}

/* Deleting a login also clears references to it, so these are kept too. */
bool undo_keep_removed(struct load *load, struct err *err)
{
    static const char *const statement_literals[] = {
        "INSERT INTO import_part (run_id, part, moment, owner, key, value) SELECT $1, 'cases.created_by', 0, c.id, '',"
        " CAST(c.created_by AS TEXT) FROM cases c JOIN stage_login n ON n.login_id = c.created_by WHERE n.name IS NULL",
        "INSERT INTO import_part (run_id, part, moment, owner, key, value) SELECT $1, 'case_message.login_id', 0, "
        "m.id, '',"
        " CAST(m.login_id AS TEXT) FROM case_message m JOIN stage_login n ON n.login_id = m.login_id WHERE n.name IS "
        "NULL",
    };
    for (size_t i = 0; load->options->run && i < sizeof statement_literals / sizeof *statement_literals; i++) {
        if (!db_exec(load->conn, statement_literals[i], DB_ARGS(DB_INT(load->options->run)), err))
            return false;
    }
    return true;
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
    sql_put(&sql, "t.id IN (SELECT s.id FROM {} s WHERE s.state = 2)", SQL(formats[id].stage_literal));
    return db_exec_sql(load->conn, &sql, err) && keep_parts(load, id, 1, " WHERE s.state <> 0", err) &&
           keep_logins(load, &formats[id], 1, " WHERE s.state <> 0", err);
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
    for (size_t i = 0; i < sizeof statement_literals / sizeof *statement_literals; i++) {
        if (!db_exec(conn, statement_literals[i], DB_ARGS(DB_INT(run), DB_INT(most)), err))
            return false;
    }
    return true;
}
