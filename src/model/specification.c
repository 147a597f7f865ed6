#include "model/specification.h"

#include "access/visibility.h"

const char *const specification_status_codes[5] = {"draft", "awaiting_approval", "approved", "rejected", "invoiced"};
const struct msgid *const specification_status_labels[5] = {
    _("Draft (specification)"), _("Awaiting approval"), _("Approved"), _("Rejected"), _("Invoiced (specification)")};

enum specification_status specification_status_of(struct str code)
{
    for (int i = 0; i < 5; i++) {
        if (str_eqz(code, specification_status_codes[i]))
            return (enum specification_status)i;
    }
    return SPECIFICATION_DRAFT;
}

static void specification_read_head(struct arena *arena, const struct db_rows *rows, struct specification *made)
{
    *made = (struct specification){
        .id = db_int(rows, 0),
        .number = db_text_copy(rows, 1, arena),
        .title = db_text_copy(rows, 2, arena),
        .customer = db_text_copy(rows, 3, arena),
        .customer_name = db_text_copy(rows, 4, arena),
        .period_from = db_text_copy(rows, 5, arena),
        .period_to = db_text_copy(rows, 6, arena),
        .status = specification_status_of(db_text(rows, 7)),
        .changed = db_int(rows, 8) != 0,
        .your_reference = db_text_copy(rows, 9, arena),
        .decided_by = db_text_copy(rows, 10, arena),
        .comment = db_text_copy(rows, 11, arena),
        .decided_at = db_int(rows, 12),
        .digest = db_text_copy(rows, 13, arena),
        .row_count = db_int(rows, 14),
        .total = db_int(rows, 15),
        .was_rejected = str_eqz(db_text(rows, 16), "rejected"),
        .customer_id = db_int(rows, 17),
    };
}

#define HEAD_LITERAL                                                                                                   \
    "SELECT s.id, s.number, s.title, cu.number, cu.name, s.period_from, s.period_to, " SPECIFICATION_STATUS            \
    ", CASE WHEN s.decided_digest <> '' AND s.decided_digest <> s.digest THEN 1 ELSE 0 END, s.your_reference,"         \
    " s.decided_by, s.comment, s.decided_at, s.digest, s.row_count, s.total, s.status, s.customer_id"                  \
    " FROM invoice_specification s JOIN customer cu ON cu.id = s.customer_id WHERE s.number = "

static bool specification_read(struct db_rows *rows, struct arena *arena, struct specification *specification,
                               struct err *err)
{
    bool found = db_next(rows);
    if (found)
        specification_read_head(arena, rows, specification);
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such specification for this actor");
}

bool specification_find(struct visit *visit, struct str number, struct specification *specification, struct err *err)
{
    struct sql sql = sql_start(visit->arena, HEAD_LITERAL "? AND ", DB_TEXT(number));
    visible_specification(&sql, &visit->actor);
    return specification_read(db_query_sql(visit->db, visit->arena, &sql, err), visit->arena, specification, err);
}

bool specification_find_any(struct db_conn *conn, struct arena *arena, struct str number,
                            struct specification *specification, struct err *err)
{
    return specification_read(db_query(conn, arena, HEAD_LITERAL "$1", DB_ARGS(DB_TEXT(number)), err), arena,
                              specification, err);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* The rows and cases that are being read. */
struct specification_reading {
    struct arena *arena;
    struct specification_row *rows;
    struct specification_case *cases;
    size_t row_count, case_count, cap;
};

static struct specification_row specification_read_row(struct arena *arena, const struct db_rows *rows)
{
    return (struct specification_row){
        .number = db_text_copy(rows, 1, arena),
        .date = db_text_copy(rows, 2, arena),
        .title = db_text_copy(rows, 3, arena),
        .description = db_text_copy(rows, 4, arena),
        .article = db_text_copy(rows, 5, arena),
        .unit = db_text_copy(rows, 6, arena),
        .quantity = db_int(rows, 7),
        .unit_price = db_int(rows, 8),
        .discount = db_int(rows, 9),
        .total = db_int(rows, 10),
    };
}

/* Customers get only the number of a case that they may not see, because they pay for it (domain 6). */
static struct specification_case specification_read_case(struct arena *arena, const struct db_rows *rows)
{
    bool visible = db_int(rows, 12) != 0;
    return (struct specification_case){
        .case_id = db_int(rows, 11),
        .number = db_text_copy(rows, 0, arena),
        .visible = visible,
        .title = visible ? db_text_copy(rows, 13, arena) : STR_NONE,
        .object = visible ? db_text_copy(rows, 14, arena) : STR_NONE,
    };
}

static void specification_reading_reserve(struct specification_reading *reading)
{
    if (reading->row_count < reading->cap)
        return;
    reading->cap = reading->cap ? reading->cap * 2 : 64;
    struct specification_row *rows = ARENA_ARRAY(reading->arena, struct specification_row, reading->cap);
    struct specification_case *cases = ARENA_ARRAY(reading->arena, struct specification_case, reading->cap);
    for (size_t i = 0; i < reading->row_count; i++)
        rows[i] = reading->rows[i];
    for (size_t i = 0; i < reading->case_count; i++)
        cases[i] = reading->cases[i];
    reading->rows = rows;
    reading->cases = cases;
}

static void specification_reading_add(struct specification_reading *reading, const struct db_rows *rows)
{
    specification_reading_reserve(reading);
    struct specification_case *last = reading->case_count ? &reading->cases[reading->case_count - 1] : NULL;
    if (!last || last->case_id != db_int(rows, 11)) {
        last = &reading->cases[reading->case_count++];
        *last = specification_read_case(reading->arena, rows);
    }
    reading->rows[reading->row_count] = specification_read_row(reading->arena, rows);
    last->total += reading->rows[reading->row_count++].total;
    last->row_count++;
}

bool specification_load_rows(struct visit *visit, struct specification *specification, struct err *err)
{
    struct specification_reading reading = {.arena = visit->arena};
    struct sql sql = sql_start(
        visit->arena, "SELECT c.number, r.number, r.row_date, r.title, r.description, a.number, r.unit, r.quantity,"
                      " r.unit_price, r.discount, r.total, c.id, CASE WHEN ");
    visible_case(&sql, &visit->actor, "c.id");
    sql_put(&sql,
            " THEN 1 ELSE 0 END, c.title, o.name FROM invoice_specification_row l"
            " JOIN article_row r ON r.id = l.article_row_id JOIN cases c ON c.id = r.case_id"
            " LEFT JOIN article a ON a.id = r.article_id LEFT JOIN object o ON o.id = c.object_id"
            " WHERE r.status <> 'cancelled' AND l.specification_id = ? ORDER BY c.number, r.row_date, r.number",
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
    return true;
}
