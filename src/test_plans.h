/*
 * For test_plans.c: has the engine explain every query that runs while `watch.test` is set, and fails the test when a
 * query reads a growing table from end to end. Linked with --wrap, so that no query escapes.
 */
#pragma once

#include "db/test_database.h"

static const char *const GROWING[] = {"cases",
                                      "case_scope",
                                      "scope_event",
                                      "case_search",
                                      "case_words",
                                      "entity_search",
                                      "entity_words",
                                      "search_part",
                                      "case_contact",
                                      "case_extra",
                                      "contact",
                                      "work_order",
                                      "article_row",
                                      "contact_customer",
                                      "contact_object",
                                      "customer",
                                      "object",
                                      "login",
                                      "file",
                                      "contact_address",
                                      "account",
                                      "case_message",
                                      "mail",
                                      "audit",
                                      "article",
                                      "specification_decision",
                                      "decision_remark",
                                      "message_seen",
                                      "case_follower",
                                      "invoice_specification",
                                      "invoice_specification_row",
                                      "import_run",
                                      "import_file",
                                      "import_image"};

/* --- the plans of the engine -------------------------------------------------------------------------------------- */

static struct {
    struct test_database *test;
    size_t explained;
    const char *const *read_whole; /* parts of queries that may read whole tables, NULL last; the test says why */
    const char *walks;             /* part of queries that may walk through an index in its order; NULL: no query may */
    const char *index;             /* an index that queries walk through until a page is full; NULL: no query may */
} watch;

struct db_rows *__real_db_query_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql, struct err *err);
struct db_rows *__wrap_db_query_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql, struct err *err);
struct db_rows *__wrap_db_query(struct db_conn *conn, struct arena *arena, const char *literal,
                                const struct db_value *values, size_t count, struct err *err);
bool __wrap_db_query_int(struct db_conn *conn, const char *literal, const struct db_value *values, size_t count,
                         bool *found, int64_t *value, struct err *err);
bool __wrap_db_find(struct db_conn *conn, struct arena *arena, const char *literal, const struct db_value *values,
                    size_t count, const struct db_target *targets, size_t target_count, bool *found, struct err *err);
bool __wrap_db_find_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql,
                        const struct db_target *targets, size_t target_count, bool *found, struct err *err);

static bool has(struct str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

static bool is_growing(struct str name)
{
    for (size_t i = 0; i < sizeof GROWING / sizeof *GROWING; i++) {
        if (str_eqz(name, GROWING[i]))
            return true;
    }
    return false;
}

/* Says whether the plan uses an index that holds only the open or waiting rows: reading all of it is cheap. */
static bool is_of_few(struct str text)
{
    static const char *const INDEXES[] = {" case_message_waiting", " cases_open", " invoice_specification_decided",
                                          " invoice_specification_out"};
    for (size_t i = 0; i < sizeof INDEXES / sizeof *INDEXES; i++) {
        if (has(text, INDEXES[i]))
            return true;
    }
    return false;
}

struct plan_line {
    int64_t id, parent;
    struct str text;
};

struct plan {
    struct plan_line lines[200];
    size_t count;
};

static bool makes(struct str text, struct str name)
{
    return (str_starts(text, STR("CO-ROUTINE ")) || str_starts(text, STR("MATERIALIZE "))) && str_ends(text, name);
}

/*
 * Says whether the query itself makes the result `name`: anywhere, when it keeps the result, or else beside the scan or
 * around it. Around it, the scan is a step of a recursion, which reads only what the step before found.
 */
static bool is_made(const struct plan *plan, int64_t parent, struct str name)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_line *line = &plan->lines[i];
        if (makes(line->text, name) && (line->parent == parent || str_starts(line->text, STR("MATERIALIZE "))))
            return true;
    }
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->lines[i].id == parent)
            return makes(plan->lines[i].text, name) || is_made(plan, plan->lines[i].parent, name);
    }
    return false;
}

/* `SCAN x` reads all of x, unless x is a result that the query has made itself. */
static bool sqlite_scans(const struct plan *plan, const struct plan_line *line)
{
    struct str name = line->text, rest, word;
    if (str_starts(name, STR("BLOOM FILTER")))
        return true; /* it is made of the whole table */
    if (!str_starts(name, STR("SCAN ")) || is_of_few(name) || has(name, "CONSTANT ROW") ||
        has(name, "VIRTUAL TABLE INDEX 0:M"))
        return false;
    rest = str_slice(name, sizeof "SCAN " - 1, name.n);
    (void)str_cut(&rest, ' ', &word);
    return !is_made(plan, line->parent, word);
}

/* An index scan without a condition reads the whole index, so it counts as a scan too. */
static bool postgres_scans(const struct plan *plan, size_t at)
{
    struct str text = plan->lines[at].text, rest, word;
    ptrdiff_t on = str_find(text, STR(" on "));
    if (on < 0 || !has(text, "Scan"))
        return false;
    rest = str_slice(text, (size_t)on + 4, text.n);
    (void)str_cut(&rest, ' ', &word);
    if (!is_growing(word) || is_of_few(text) || has(text, "Bitmap"))
        return false;
    bool conditional = at + 1 < plan->count && has(plan->lines[at + 1].text, "Index Cond");
    return !conditional;
}

static struct plan read_plan(struct db_conn *conn, struct arena *arena, const struct sql *sql)
{
    bool sqlite = db_conn_engine(conn) == DB_SQLITE;
    struct plan plan = {.count = 0};
    struct sql explain = *sql;
    struct err err = {0};
    buf_init(&explain.text, arena);
    buf_z(&explain.text, sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ");
    buf_str(&explain.text, buf_text(&sql->text));
    struct db_rows *rows = __real_db_query_sql(conn, arena, &explain, &err);
    while (rows && db_next(rows) && plan.count < sizeof plan.lines / sizeof *plan.lines)
        plan.lines[plan.count++] = (struct plan_line){sqlite ? db_int(rows, 0) : 0, sqlite ? db_int(rows, 1) : 0,
                                                      db_text_copy(rows, sqlite ? 3 : 0, arena)};
    assert_ok(db_done(rows, &err), err);
    return plan;
}

/*
 * Says whether the query may walk through an index: a list stops when its page is full, unless it sorts all rows first.
 */
static bool may_walk(struct str text, struct str plan)
{
    if (watch.index && has(plan, watch.index) && has(text, " LIMIT "))
        return true;
    return watch.walks && has(text, watch.walks) && has(text, " LIMIT ") && !has(plan, "TEMP B-TREE") &&
           !has(plan, "Sort");
}

static bool may_read_whole(struct str text)
{
    for (const char *const *part = watch.read_whole; part && *part; part++) {
        if (has(text, *part))
            return true;
    }
    return false;
}

static void explain(struct db_conn *conn, struct arena *arena, const struct sql *sql)
{
    struct buf told;
    struct plan plan = read_plan(conn, arena, sql);
    bool sqlite = db_conn_engine(conn) == DB_SQLITE, scans = false;
    buf_init(&told, arena);
    for (size_t i = 0; i < plan.count; i++) {
        scans = scans || (sqlite ? sqlite_scans(&plan, &plan.lines[i]) : postgres_scans(&plan, i));
        buf_printf(&told, "\n%.*s", STR_FMT(plan.lines[i].text));
    }
    watch.explained++;
    if (!scans || may_read_whole(buf_text(&sql->text)) || may_walk(buf_text(&sql->text), buf_text(&told)))
        return;
    watch.test = NULL; /* the next test begins unwatched */
    /* Too long for fail_msg. */
    (void)fprintf(stderr, "%.*s%.*s\n", STR_FMT(buf_text(&sql->text)), STR_FMT(buf_text(&told)));
    fail_msg("a growing table is scanned");
}

struct db_rows *__wrap_db_query_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql, struct err *err)
{
    if (watch.test)
        explain(conn, watch.test->arena, sql);
    return __real_db_query_sql(conn, arena, sql, err);
}

static struct sql sql_of(struct arena *arena, const char *literal, const struct db_value *values, size_t count)
{
    struct sql sql = sql_start(arena, "");
    sql.values = ARENA_ARRAY(arena, struct db_value, count);
    for (size_t i = 0; i < count; i++)
        sql.values[sql.count++] = values[i];
    sql.cap = count;
    sql_put(&sql, literal);
    return sql;
}

struct db_rows *__wrap_db_query(struct db_conn *conn, struct arena *arena, const char *literal,
                                const struct db_value *values, size_t count, struct err *err)
{
    struct sql sql = sql_of(arena, literal, values, count);
    return __wrap_db_query_sql(conn, arena, &sql, err);
}

bool __wrap_db_find_sql(struct db_conn *conn, struct arena *arena, const struct sql *sql,
                        const struct db_target *targets, size_t target_count, bool *found, struct err *err)
{
    struct db_rows *rows = __wrap_db_query_sql(conn, arena, sql, err);
    bool there = db_next(rows);
    if (there)
        db_read_columns(rows, targets, target_count);
    if (found)
        *found = there;
    return db_done(rows, err);
}

bool __wrap_db_find(struct db_conn *conn, struct arena *arena, const char *literal, const struct db_value *values,
                    size_t count, const struct db_target *targets, size_t target_count, bool *found, struct err *err)
{
    struct arena *own = arena ? arena : arena_create();
    struct sql sql = sql_of(own, literal, values, count);
    bool ok = __wrap_db_find_sql(conn, own, &sql, targets, target_count, found, err);
    if (!arena)
        arena_destroy(own);
    return ok;
}

bool __wrap_db_query_int(struct db_conn *conn, const char *literal, const struct db_value *values, size_t count,
                         bool *found, int64_t *value, struct err *err)
{
    *value = 0;
    return __wrap_db_find(conn, NULL, literal, values, count, DB_TARGETS(TO(value)), found, err);
}
