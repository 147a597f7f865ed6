#include "access/scope.h"
#include "base/clock.h"
#include "bulk/exchange/stage.h"
#include "db/dialect.h"
#include "model/case_many.h"

static bool merge_cases_run(struct load *load, const char *literal, struct err *err)
{
    return db_exec(load->conn, literal, DB_NO_ARGS, err);
}

/* When a work order moves to another case, the state of the old case changes too. */
static bool touch_left(struct load *load, struct err *err)
{
    return merge_cases_run(
        load,
        "INSERT INTO stage_touched (case_id) SELECT w.case_id FROM stage_work_orders s"
        " JOIN work_order w ON w.id = s.id WHERE s.state = 1 AND w.case_id <> s.r_case ON CONFLICT DO NOTHING",
        err);
}

/* The customer of an object sees its cases, so moving the object changes who sees them. */
static bool reach_moved(struct load *load, struct err *err)
{
    return merge_cases_run(
        load,
        "INSERT INTO stage_reach (case_id) SELECT c.id FROM stage_objects s JOIN object o ON o.id = s.id"
        " JOIN cases c ON c.object_id = o.id WHERE s.state = 1 AND o.customer_id IS DISTINCT FROM s.r_customer"
        " ON CONFLICT DO NOTHING",
        err);
}

bool cases_note_before(struct load *load, const struct input *input, struct err *err)
{
    if (input->format == &formats[FORMAT_OBJECTS] && input_gives(input, "customer"))
        return reach_moved(load, err);
    if (input->format == &formats[FORMAT_WORK_ORDERS] && input_gives(input, "case"))
        return touch_left(load, err);
    return true;
}

static bool note_after(struct load *load, struct err *err)
{
    if (load_input(load, FORMAT_CASES) &&
        !(merge_cases_run(load,
                          "INSERT INTO stage_reach (case_id) SELECT s.id FROM stage_cases s "
                          "WHERE s.state <> 0 ON CONFLICT DO NOTHING",
                          err) &&
          merge_cases_run(load,
                          "INSERT INTO stage_touched (case_id) SELECT s.id FROM stage_cases s "
                          "WHERE s.state <> 0 ON CONFLICT DO NOTHING",
                          err)))
        return false;
    return !load_input(load, FORMAT_WORK_ORDERS) ||
           merge_cases_run(load,
                           "INSERT INTO stage_touched (case_id) SELECT w.case_id FROM "
                           "stage_work_orders s JOIN work_order w ON w.id = s.id"
                           " WHERE s.state <> 0 ON CONFLICT DO NOTHING",
                           err);
}

/*
 * Gives changed cases a new version, so that a staff form opened before the import counts as outdated. New cases have
 * no open form: leaving them out saves a large load a second pass over them.
 */
static bool move_versions(struct load *load, struct err *err)
{
    if (load_input(load, FORMAT_CASES))
        return cases_move_versions(load->conn, row_set("SELECT s.id FROM stage_cases s WHERE s.state = 1"), err);
    if (load_input(load, FORMAT_WORK_ORDERS) &&
        !cases_move_versions(load->conn,
                             row_set("SELECT w.case_id FROM stage_work_orders s JOIN work_order w ON w.id = s.id"
                                     " WHERE s.state <> 0"),
                             err))
        return false;
    return !load_input(load, FORMAT_ARTICLE_ROWS) ||
           cases_move_versions(load->conn,
                               row_set("SELECT r.case_id FROM stage_article_rows s JOIN article_row r ON r.id = s.id"
                                       " WHERE s.state <> 0"),
                               err);
}

/* From this many cases on, collecting the search words in bulk is cheaper. */
#define MANY 1000

static bool merge_cases_refresh_reach(struct load *load, struct err *err)
{
    int64_t count;
    if (!db_query_int(load->conn, "SELECT COUNT(*) FROM stage_reach", DB_NO_ARGS, NULL, &count, err))
        return false;
    if (count >= MANY && !dialect_search_bulk_begin(load->conn, err))
        return false;
    if (!scope_refresh_cases(load->conn, "SELECT case_id FROM stage_reach WHERE case_id > $1 ORDER BY case_id LIMIT $2",
                             err))
        return false;
    return count < MANY || dialect_search_bulk_end(load->conn, err);
}

/* Refreshes cases that the same people see as before, but whose times or work orders may have changed. */
static bool refresh_events(struct load *load, struct err *err)
{
    return scope_refresh_events(
        load->conn,
        "SELECT t.case_id FROM stage_touched t WHERE t.case_id > $1 AND NOT EXISTS"
        " (SELECT 1 FROM stage_reach r WHERE r.case_id = t.case_id) ORDER BY t.case_id LIMIT $2",
        err);
}

struct day_end {
    struct str day;
    int64_t last;
};

/* Splits `YYMMDD-NNNN`. Returns false for numbers of another kind. */
static bool number_parts(struct arena *arena, struct str number, struct day_end *end)
{
    int64_t day, year = 2000;
    int32_t date;
    if (!str_to_int(str_slice(number, 0, 6), &day) || !str_to_int(str_slice(number, 7, 11), &end->last) || day < 0)
        return false;
    year += day / 10000;
    end->day = arena_printf(arena, "%04d-%02d-%02d", (int)year, (int)(day / 100 % 100), (int)(day % 100));
    return date_parse(end->day, &date);
}

/*
 * The portal numbers new cases by a counter of the day, which skips numbers that are taken, one by one. Reads the
 * highest imported numbers of today and later days, so that the counter starts after them.
 */
static bool read_day_ends(struct load *load, struct day_end *ends, size_t *count, struct err *err)
{
    int year, month, day;
    date_to_civil(clock_date(load->now), &year, &month, &day);
    struct str from = arena_printf(load->arena, "%02d%02d%02d-", year % 100, month, day);
    struct db_rows *rows = db_query(load->conn, load->arena,
                                    "SELECT MAX(s.v_number) FROM stage_cases s WHERE s.state = 2 AND s.v_number >= $1"
                                    " AND s.v_number LIKE '______-____' GROUP BY SUBSTR(s.v_number, 1, 6) LIMIT 100",
                                    DB_ARGS(DB_TEXT(from)), err);
    *count = 0;
    while (db_next(rows))
        *count += number_parts(load->arena, db_text(rows, 0), &ends[*count]);
    return db_done(rows, err);
}

static bool move_counters(struct load *load, struct err *err)
{
    struct day_end ends[100];
    size_t count = 0;
    if (!load_input(load, FORMAT_CASES))
        return true;
    if (!read_day_ends(load, ends, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!case_counter_pass(load->conn, ends[i].day, ends[i].last, err))
            return false;
    }
    return true;
}

bool cases_refresh(struct load *load, struct err *err)
{
    if (!note_after(load, err) || !undo_keep_cases(load, err) || !stage_analyze(load, "stage_touched", err) ||
        !stage_analyze(load, "stage_reach", err) ||
        !cases_derive_states(load->conn, row_set("SELECT p.case_id FROM stage_touched p"), err) ||
        !move_versions(load, err))
        return false;
    progress_show(load, "search words", 0);
    return merge_cases_refresh_reach(load, err) && refresh_events(load, err) && move_counters(load, err);
}
