/* What follows from the merged rows: addresses, totals, decisions, and states, visibility and search words of cases. */
#include "access/entity_words.h"
#include "access/scope.h"
#include "base/clock.h"
#include "bulk/exchange/stage.h"
#include "db/dialect.h"
#include "model/article_row.h"
#include "model/case_write.h"
#include "model/contact.h"
#include "model/specification.h"
#include "model/time_order.h"

bool addresses_refresh(struct load *load, struct err *err)
{
    const struct input *input = load_input(load, FORMAT_CONTACTS);
    if (!input || !(input_gives(input, "email") || input_gives(input, "email_2") || input_gives(input, "email_3")))
        return true;
    return contacts_drop_addresses(
               load->conn, row_set("SELECT s.id FROM stage_contacts s WHERE s.state = " STATE_CHANGED_SQL), err) &&
           contacts_derive_addresses(
               load->conn,
               "SELECT c.id, c.email, c.email_2, c.email_3 FROM stage_contacts s"
               " JOIN contact c ON c.id = s.id WHERE s.id > $1 AND s.state <> " STATE_UNCHANGED_SQL
               " ORDER BY s.id LIMIT $2",
               err);
}

static void note_large_total(void *context, int64_t line)
{
    struct load *load = context;
    LOAD_PROBLEM(load, load_input(load, FORMAT_ARTICLE_ROWS), line, "quantity", STR_NONE,
                 "quantity times unit_price is too large");
}

/* Reads all factors of changed rows from the table, for the file may have given only some of them. */
bool totals_refresh(struct load *load, struct err *err)
{
    return !load_input(load, FORMAT_ARTICLE_ROWS) ||
           article_rows_derive_totals(
               load->conn,
               "SELECT r.id, r.quantity, r.unit_price, r.discount, s.line FROM stage_article_rows s"
               " JOIN article_row r ON r.id = s.id WHERE s.id > $1 AND s.state = " STATE_CHANGED_SQL
               " ORDER BY s.id LIMIT $2",
               note_large_total, load, err);
}

/* --- noting what is derived again --------------------------------------------------------------------------------- */

/*
 * A specification is decided on again when the file changes `status`, `decided_by` or `decided_at`. The decision is
 * then on the rows as they are after this import.
 */
static bool note_decisions(struct load *load, const struct input *input, struct err *err)
{
    struct sql sql = sql_start(load->arena,
                               "UPDATE stage_specifications AS s SET derived = 1 FROM invoice_specification t"
                               " WHERE t.id = s.id AND s.state <> " STATE_UNCHANGED_SQL
                               " AND {} IN ('approved', 'rejected') AND (s.state = " STATE_ADDED_SQL,
                               SQL(input_gives(input, "status") ? "s.v_status" : "t.status"));
    if (input_gives(input, "status"))
        sql_put(&sql, " OR t.status IS DISTINCT FROM s.v_status");
    if (input_gives(input, "decided_by"))
        sql_put(&sql, " OR t.decided_by IS DISTINCT FROM s.v_decided_by");
    if (input_gives(input, "decided_at"))
        sql_put(&sql, " OR t.decided_at IS DISTINCT FROM s.v_decided_at");
    sql_put(&sql, ")");
    return db_exec_sql(load->conn, &sql, err);
}

/* A case that the same load changes is noted before its own row is written. */
static bool note_backwards(struct load *load, const struct input *input, struct err *err)
{
    bool orders = input->format == &formats[FORMAT_WORK_ORDERS];
    struct sql sql =
        sql_start(load->arena, "INSERT INTO stage_backwards (case_id) SELECT c.id FROM cases c WHERE " CASE_BACKWARDS
                               " AND c.id IN (SELECT s.id FROM stage_cases s)");
    if (orders) {
        sql = sql_start(load->arena, "INSERT INTO stage_backwards (case_id) SELECT c.id FROM cases c"
                                     " WHERE " CASE_BACKWARDS " AND (c.id IN (SELECT w.case_id FROM stage_work_orders s"
                                     " JOIN work_order w ON w.id = s.id)");
        sql_put(&sql, input_gives(input, "case") ? " OR c.id IN (SELECT s.r_case FROM stage_work_orders s))" : ")");
        if (load_input(load, FORMAT_CASES))
            sql_put(&sql, " AND c.id NOT IN (SELECT s.id FROM stage_cases s)");
    }
    return db_exec_sql(load->conn, &sql, err);
}

bool derived_note_before(struct load *load, const struct input *input, struct err *err)
{
    if ((input->format == &formats[FORMAT_CASES] || input->format == &formats[FORMAT_WORK_ORDERS]) &&
        !note_backwards(load, input, err))
        return false;
    if (input->format == &formats[FORMAT_SPECIFICATIONS])
        return note_decisions(load, input, err);
    /* The customer of an object sees its cases, so moving the object changes who sees them. */
    if (input->format == &formats[FORMAT_OBJECTS] && input_gives(input, "customer"))
        return db_exec(load->conn,
                       "INSERT INTO stage_reach (case_id) SELECT c.id FROM stage_objects s JOIN object o ON o.id = s.id"
                       " JOIN cases c ON c.object_id = o.id WHERE s.state = " STATE_CHANGED_SQL
                       " AND o.customer_id IS DISTINCT FROM s.r_customer ON CONFLICT DO NOTHING",
                       DB_NO_ARGS, err);
    /* When an article row moves to another case, the old case has other work. */
    if (input->format == &formats[FORMAT_ARTICLE_ROWS] && input_gives(input, "case"))
        return db_exec(load->conn,
                       "INSERT INTO stage_worked (case_id) SELECT DISTINCT r.case_id FROM stage_article_rows s"
                       " JOIN article_row r ON r.id = s.id WHERE s.state = " STATE_CHANGED_SQL
                       " AND r.case_id <> s.r_case ON CONFLICT DO NOTHING",
                       DB_NO_ARGS, err);
    /* When a work order moves to another case, the state of the old case changes too. */
    if (input->format == &formats[FORMAT_WORK_ORDERS] && input_gives(input, "case"))
        return db_exec(
            load->conn,
            "INSERT INTO stage_touched (case_id, line) SELECT w.case_id, MIN(s.line) FROM stage_work_orders s"
            " JOIN work_order w ON w.id = s.id WHERE s.state = " STATE_CHANGED_SQL
            " AND w.case_id <> s.r_case GROUP BY w.case_id"
            " ON CONFLICT DO NOTHING",
            DB_NO_ARGS, err);
    return true;
}

static bool note_after(struct load *load, struct err *err)
{
    static const struct {
        enum format_id format;
        const char *literal;
    } notes[] = {
        {FORMAT_SPECIFICATIONS, "INSERT INTO stage_specification (id) SELECT s.id FROM stage_specifications s WHERE "
                                "s.state <> " STATE_UNCHANGED_SQL},
        /* New rows are linked only by specifications of this import, which are noted already. */
        {FORMAT_ARTICLE_ROWS,
         "INSERT INTO stage_specification (id) SELECT DISTINCT l.specification_id FROM stage_article_rows s"
         " JOIN invoice_specification_row l ON l.article_row_id = s.id WHERE s.state = " STATE_CHANGED_SQL
         " ON CONFLICT DO NOTHING"},
        {FORMAT_CASES, "INSERT INTO stage_reach (case_id) SELECT s.id FROM stage_cases s"
                       " WHERE s.state <> " STATE_UNCHANGED_SQL " ON CONFLICT DO NOTHING"},
        {FORMAT_CASES, "INSERT INTO stage_touched (case_id) SELECT s.id FROM stage_cases s"
                       " WHERE s.state <> " STATE_UNCHANGED_SQL " ON CONFLICT DO NOTHING"},
        {FORMAT_WORK_ORDERS,
         "INSERT INTO stage_touched (case_id) SELECT w.case_id FROM stage_work_orders s"
         " JOIN work_order w ON w.id = s.id WHERE s.state <> " STATE_UNCHANGED_SQL " ON CONFLICT DO NOTHING"},
        {FORMAT_ARTICLE_ROWS,
         "INSERT INTO stage_worked (case_id) SELECT DISTINCT r.case_id FROM stage_article_rows s"
         " JOIN article_row r ON r.id = s.id WHERE s.state <> " STATE_UNCHANGED_SQL " ON CONFLICT DO NOTHING"},
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (load_input(load, notes[i].format) && !db_exec(load->conn, notes[i].literal, DB_NO_ARGS, err))
            return false;
    }
    return stage_analyze(load, "stage_specification", err) && stage_analyze(load, "stage_touched", err) &&
           stage_analyze(load, "stage_reach", err);
}

/* --- specifications ----------------------------------------------------------------------------------------------- */

static bool specifications_refresh(struct load *load, struct err *err)
{
    if (!stage_analyze(load, "invoice_specification_row", err) ||
        !specification_refresh(load->conn,
                               "SELECT t.id FROM stage_specification t WHERE t.id > $1 ORDER BY t.id LIMIT $2", err))
        return false;
    return !load_input(load, FORMAT_SPECIFICATIONS) ||
           (specifications_set_decided(load->conn,
                                       row_set("SELECT s.id FROM stage_specifications s WHERE s.derived = 1"), err) &&
            specifications_reopen(
                load->conn, row_set("SELECT s.id FROM stage_specifications s WHERE s.v_status = 'awaiting_approval'"),
                err));
}

/* --- cases -------------------------------------------------------------------------------------------------------- */

/*
 * Gives changed cases a new version, so that a staff form opened before the import counts as outdated. New cases have
 * no open form: leaving them out saves a large load a second pass over them.
 */
static bool move_versions(struct load *load, struct err *err)
{
    if (load_input(load, FORMAT_CASES))
        return cases_move_versions(load->conn,
                                   row_set("SELECT s.id FROM stage_cases s WHERE s.state = " STATE_CHANGED_SQL), err);
    if (load_input(load, FORMAT_WORK_ORDERS) &&
        !cases_move_versions(load->conn,
                             row_set("SELECT w.case_id FROM stage_work_orders s JOIN work_order w ON w.id = s.id"
                                     " WHERE s.state <> " STATE_UNCHANGED_SQL),
                             err))
        return false;
    return !load_input(load, FORMAT_ARTICLE_ROWS) ||
           cases_move_versions(load->conn,
                               row_set("SELECT r.case_id FROM stage_article_rows s JOIN article_row r ON r.id = s.id"
                                       " WHERE s.state <> " STATE_UNCHANGED_SQL),
                               err);
}

/* From this many cases on, collecting the search words in bulk is cheaper. */
#define MANY 1000

bool reach_refresh(struct db_conn *conn, const char *count_literal, const char *next_literal, struct err *err)
{
    int64_t count = 0;
    if (!db_query_int(conn, count_literal, DB_NO_ARGS, NULL, &count, err) ||
        (count >= MANY && !dialect_search_bulk_begin(conn, err)) || !scope_refresh_cases(conn, next_literal, err))
        return false;
    return count < MANY || dialect_search_bulk_end(conn, err);
}

/*
 * Returns the day of a number `YYMMDD-NNNN` as `YYYY-MM-DD`, and its number of the day; empty for numbers of another
 * kind.
 */
static struct str day_of_number(struct arena *arena, struct str number, int64_t *nth)
{
    int64_t day;
    int32_t date;
    if (!str_to_int(str_slice(number, 0, 6), &day) || !str_to_int(str_slice(number, 7, 11), nth) || day < 0)
        return STR_NONE;
    struct str text =
        arena_printf(arena, "20%02d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100));
    return date_parse(text, &date) ? text : STR_NONE;
}

/*
 * The portal numbers new cases by a counter of the day, which skips numbers that are taken, one by one. Moves the
 * counters of today and later days past the highest imported numbers.
 */
static bool move_counters(struct load *load, struct err *err)
{
    struct str ends[100];
    size_t count = 0;
    int year, month, day;
    if (!load_input(load, FORMAT_CASES))
        return true;
    date_to_civil(clock_date(load->now), &year, &month, &day);
    struct db_rows *rows =
        db_query(load->conn, load->arena,
                 "SELECT MAX(s.v_number) FROM stage_cases s WHERE s.state = " STATE_ADDED_SQL " AND s.v_number >= $1"
                 " AND s.v_number LIKE '______-____' GROUP BY SUBSTR(s.v_number, 1, 6) LIMIT 100",
                 DB_ARGS(DB_TEXT(arena_printf(load->arena, "%02d%02d%02d-", year % 100, month, day))), err);
    for (; db_next(rows); count++)
        db_read(rows, TO(&ends[count]));
    bool ok = db_done(rows, err);
    for (size_t i = 0; ok && i < count; i++) {
        int64_t nth = 0;
        struct str of = day_of_number(load->arena, ends[i], &nth);
        ok = !of.n || case_counter_pass(load->conn, of, nth, err);
    }
    return ok;
}

/* The words of changed rows; a customer's name is also among the words of what belongs to it. */
static bool words_refresh(struct load *load, struct err *err)
{
    static const struct {
        enum format_id format;
        enum search_index index;
        const char *rows_literal;
    } CHANGED[] = {
        {FORMAT_CUSTOMERS, SEARCH_CUSTOMERS,
         "SELECT s.id FROM stage_customers s WHERE s.state <> " STATE_UNCHANGED_SQL},
        {FORMAT_CUSTOMERS, SEARCH_OBJECTS,
         "SELECT o.id FROM stage_customers s JOIN object o ON o.customer_id = s.id WHERE s.state = " STATE_CHANGED_SQL},
        {FORMAT_CUSTOMERS, SEARCH_SPECIFICATIONS,
         "SELECT i.id FROM stage_customers s JOIN invoice_specification i ON i.customer_id = s.id"
         " WHERE s.state = " STATE_CHANGED_SQL},
        {FORMAT_OBJECTS, SEARCH_OBJECTS, "SELECT s.id FROM stage_objects s WHERE s.state <> " STATE_UNCHANGED_SQL},
        {FORMAT_CONTACTS, SEARCH_CONTACTS, "SELECT s.id FROM stage_contacts s WHERE s.state <> " STATE_UNCHANGED_SQL},
        {FORMAT_ARTICLES, SEARCH_ARTICLES, "SELECT s.id FROM stage_articles s WHERE s.state <> " STATE_UNCHANGED_SQL},
        {FORMAT_SPECIFICATIONS, SEARCH_SPECIFICATIONS,
         "SELECT s.id FROM stage_specifications s WHERE s.state <> " STATE_UNCHANGED_SQL},
        {FORMAT_FILES, SEARCH_FILES, "SELECT s.id FROM stage_files s WHERE s.state <> " STATE_UNCHANGED_SQL},
    };
    for (size_t i = 0; i < COUNT_OF(CHANGED); i++) {
        if (load_input(load, CHANGED[i].format) &&
            !entity_words_refresh_rows(load->conn, CHANGED[i].index, row_set(CHANGED[i].rows_literal), err))
            return false;
    }
    return true;
}

bool derived_refresh(struct load *load, struct err *err)
{
    if (!note_after(load, err) || !undo_keep_touched(load, err) || !specifications_refresh(load, err) ||
        !cases_derive_states(load->conn, row_set("SELECT p.case_id FROM stage_touched p"), err) ||
        !cases_derive_texts(load->conn,
                            row_set("SELECT p.case_id FROM stage_touched p UNION SELECT w.case_id"
                                    " FROM stage_worked w"),
                            err) ||
        !move_versions(load, err))
        return false;
    progress_show(load, "search words", 0);
    /* Cases that are only touched are seen by the same people as before, but their times may have changed. */
    return reach_refresh(load->conn, "SELECT COUNT(*) FROM stage_reach",
                         "SELECT case_id FROM stage_reach WHERE case_id > $1 ORDER BY case_id LIMIT $2", err) &&
           scope_refresh_events(
               load->conn,
               "SELECT t.case_id FROM stage_touched t WHERE t.case_id > $1 AND NOT EXISTS"
               " (SELECT 1 FROM stage_reach r WHERE r.case_id = t.case_id) ORDER BY t.case_id LIMIT $2",
               err) &&
           words_refresh(load, err) && move_counters(load, err);
}
