#include "model/specification.h"

#include "access/visibility.h"
#include "model/specification_change.h"
#include "portal/kept.h"

enum specification_status specification_status_of(struct str code)
{
    ptrdiff_t at = code_find(&specification_statuses, code);
    return at < 0 ? SPECIFICATION_DRAFT : (enum specification_status)at;
}

#define HEAD_LITERAL                                                                                                   \
    "SELECT s.id, s.number, s.title, cu.number, cu.name, s.period_from, s.period_to, " SPECIFICATION_STATUS            \
    ", CASE WHEN s.decided_digest <> '' AND s.decided_digest <> s.digest THEN 1 ELSE 0 END, s.your_reference,"         \
    " s.decided_by, s.comment, s.decided_at, s.digest, s.row_count, s.total, s.status, s.customer_id,"                 \
    " (SELECT MAX(d.seq) FROM specification_decision d WHERE d.specification_id = s.id)"                               \
    " FROM invoice_specification s JOIN customer cu ON cu.id = s.customer_id WHERE s.number = "

static bool specification_read(struct db_rows *rows, struct specification *made, struct err *err)
{
    struct str status, decision;
    bool found = db_next(rows);
    *made = (struct specification){.id = 0};
    if (found) {
        db_read(rows, TO(&made->id), TO(&made->number), TO(&made->title), TO(&made->customer), TO(&made->customer_name),
                TO(&made->period_from), TO(&made->period_to), TO(&status), TO(&made->changed),
                TO(&made->your_reference), TO(&made->decided_by), TO(&made->comment), TO(&made->decided_at),
                TO(&made->digest), TO(&made->row_count), TO(&made->total), TO(&decision), TO(&made->customer_id),
                TO(&made->decision));
        made->status = specification_status_of(status);
        made->was_rejected = specification_status_of(decision) == SPECIFICATION_REJECTED;
    }
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such specification for this actor");
}

bool specification_find(struct visit *visit, struct str number, struct specification *specification, struct err *err)
{
    struct sql sql = sql_start(visit->arena, HEAD_LITERAL "? AND ", DB_TEXT(number));
    visible_specification(&sql, &visit->actor);
    return specification_read(db_query_sql(visit->db, visit->arena, &sql, err), specification, err);
}

bool specification_find_any(struct db_conn *conn, struct arena *arena, struct str number,
                            struct specification *specification, struct err *err)
{
    return specification_read(db_query(conn, arena, HEAD_LITERAL "$1", DB_ARGS(DB_TEXT(number)), err), specification,
                              err);
}

/* --- those that wait -------------------------------------------------------------------------------------------- */

/* Adds what comes after SELECT …; the index of customer and state has the few states that are out. */
static void waiting_add(struct sql *sql, const struct visit *visit)
{
    sql_put(sql, " FROM invoice_specification s JOIN customer cu ON cu.id = s.customer_id"
                 " WHERE s.status IN ('awaiting_approval', 'approved', 'rejected') AND " SPECIFICATION_STATUS
                 " = 'awaiting_approval' AND ");
    visible_specification(sql, &visit->actor);
}

bool specifications_waiting(struct visit *visit, size_t limit, struct specification **specifications, size_t *count,
                            struct err *err)
{
    struct specification *all = *specifications = ARENA_ARRAY(visit->arena, struct specification, limit);
    int64_t waiting = 0;
    *count = 0;
    if (!specifications_waiting_count(visit, &waiting, err))
        return false;
    if (!waiting)
        return true;
    struct sql sql = sql_start(visit->arena, "SELECT s.number, s.title, cu.name, s.period_from, s.period_to, s.total");
    waiting_add(&sql, visit);
    sql_put(&sql, " ORDER BY s.id LIMIT ?", DB_INT(limit));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        struct specification *one = &all[(*count)++];
        db_read(rows, TO(&one->number), TO(&one->title), TO(&one->customer_name), TO(&one->period_from),
                TO(&one->period_to), TO(&one->total));
    }
    return db_done(rows, err);
}

static bool specifications_waiting_count_now(struct visit *visit, int64_t *count, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT COUNT(*)");
    waiting_add(&sql, visit);
    return db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(count)), NULL, err);
}

bool specifications_waiting_count(struct visit *visit, int64_t *count, struct err *err)
{
    return kept_count(visit, "specifications that wait", specifications_waiting_count_now, count, err);
}

#define PERIOD_LITERAL "COALESCE(s.period_from, s.period_to)"

bool specification_find_previous(struct visit *visit, const struct specification *specification,
                                 struct specification *previous, bool *found, struct err *err)
{
    struct str period = specification->period_from.n ? specification->period_from : specification->period_to;
    *previous = (struct specification){.id = 0};
    *found = false;
    if (!period.n)
        return true;
    struct sql sql = sql_start(visit->arena,
                               "SELECT s.number, s.title, s.period_from, s.period_to, s.total"
                               " FROM invoice_specification s WHERE s.customer_id = ? AND " PERIOD_LITERAL " < ? AND ",
                               DB_INT(specification->customer_id), DB_TEXT(period));
    visible_specification(&sql, &visit->actor);
    sql_put(&sql, " ORDER BY " PERIOD_LITERAL " DESC, s.id DESC LIMIT 1");
    return db_find_sql(visit->db, visit->arena, &sql,
                       DB_TARGETS(TO(&previous->number), TO(&previous->title), TO(&previous->period_from),
                                  TO(&previous->period_to), TO(&previous->total)),
                       found, err);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* The rows and cases that are being read. */
struct specification_reading {
    struct arena *arena;
    struct specification_row *rows;
    struct specification_case *cases;
    size_t row_count, row_cap, case_count, case_cap;
};

/* Customers get only the number of a case that they may not see, because they pay for it (domain 6). */
static void specification_reading_add(struct specification_reading *reading, struct db_rows *rows)
{
    reading->rows =
        arena_grow(reading->arena, reading->rows, reading->row_count, &reading->row_cap, sizeof *reading->rows);
    reading->cases =
        arena_grow(reading->arena, reading->cases, reading->case_count, &reading->case_cap, sizeof *reading->cases);
    struct specification_row *row = &reading->rows[reading->row_count++];
    struct specification_case read = {.row_count = 0};
    struct specification_case *last = reading->case_count ? &reading->cases[reading->case_count - 1] : NULL;
    db_read(rows, TO(&read.number), TO(&row->number), TO(&row->date), TO(&row->title), TO(&row->description),
            TO(&row->article), TO(&row->unit), TO(&row->quantity), TO(&row->unit_price), TO(&row->discount),
            TO(&row->total), TO(&read.case_id), TO(&read.visible), TO(&read.title), TO(&read.object),
            TO(&read.object_number));
    if (!last || last->case_id != read.case_id) {
        if (!read.visible)
            read.title = read.object = read.object_number = STR_NONE;
        last = &reading->cases[reading->case_count++];
        *last = read;
    }
    last->total += row->total;
    last->row_count++;
}

/*
 * Compares the rows with the content of the last decision. Imported decisions have none. Publishing clears the decision
 * of the specification itself.
 */
static bool specification_compare(struct visit *visit, struct specification *specification,
                                  struct specification_row *rows, struct err *err)
{
    struct str content = STR_NONE;
    if (!db_find(visit->db, visit->arena,
                 "SELECT d.content, d.total FROM specification_decision d JOIN invoice_specification s"
                 " ON s.id = d.specification_id WHERE d.seq = $1 AND d.digest <> s.digest"
                 " AND s.decided_digest IN ('', d.digest)",
                 DB_ARGS(DB_INT(specification->decision)), DB_TARGETS(TO(&content), TO(&specification->decided_total)),
                 &specification->compared, err))
        return false;
    if (specification->compared)
        specification_mark_changes(visit->arena, specification, rows, content);
    return true;
}

bool specification_load_rows(struct visit *visit, struct specification *specification, struct err *err)
{
    struct specification_reading reading = {.arena = visit->arena};
    struct sql sql = sql_start(
        visit->arena, "SELECT c.number, r.number, r.row_date, r.title, r.description, a.number, r.unit, r.quantity,"
                      " r.unit_price, r.discount, r.total, c.id, CASE WHEN ");
    visible_case(&sql, &visit->actor, "c.id");
    sql_put(&sql, " THEN 1 ELSE 0 END, c.title, o.name, seen.number FROM invoice_specification_row l"
                  " JOIN article_row r ON r.id = l.article_row_id JOIN cases c ON c.id = r.case_id"
                  " LEFT JOIN article a ON a.id = r.article_id LEFT JOIN object o ON o.id = c.object_id");
    visible_seen_object(&sql, &visit->actor);
    sql_put(&sql,
            " WHERE r.status <> 'cancelled' AND l.specification_id = ? ORDER BY c.number COLLATE \"sv-natural\""
            ", r.row_date, r.number COLLATE \"sv-natural\"",
            DB_INT(specification->id));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows))
        specification_reading_add(&reading, rows);
    if (!db_done(rows, err))
        return false;
    for (size_t i = 0, at = 0; i < reading.case_count; at += reading.cases[i++].row_count)
        reading.cases[i].rows = reading.rows + at;
    specification->cases = reading.cases;
    specification->case_count = reading.case_count;
    return !specification->decision || specification_compare(visit, specification, reading.rows, err);
}
