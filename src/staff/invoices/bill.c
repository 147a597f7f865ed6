#include "staff/invoices/bill.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "customer/cases/cases.h"
#include "model/specification.h"

#include <inttypes.h>

const char *const bill_statuses[5] = {"draft", "awaiting_approval", "approved", "rejected", "invoiced"};
const char *const bill_status_labels[5] = {_("Draft (specification)"), _("Awaiting approval"), _("Approved"),
                                           _("Rejected"), _("Invoiced (specification)")};

struct str bill_status_label(struct visit *visit, struct str status)
{
    for (int i = 0; i < 5; i++) {
        if (str_eqz(status, bill_statuses[i]))
            return visit_tr(visit, bill_status_labels[i]);
    }
    return status;
}

/* Numbers with a slash are written as those of cases are. */
struct str bill_path(struct arena *arena, struct str number, const char *behind)
{
    struct str own = case_path(arena, number);
    return arena_printf(arena, "/staff/invoices%.*s%s", STR_FMT(str_slice(own, sizeof "/cases" - 1, own.n)), behind);
}

struct str bill_stamp(struct arena *arena, const struct bill *bill)
{
    return arena_printf(arena, "%.*s.%" PRId64 ".%.*s.%.*s", STR_FMT(bill->status), bill->row_count,
                        STR_FMT(bill->digest), STR_FMT(bill_was(arena, bill)));
}

struct str bill_period(struct arena *arena, struct str from, struct str to)
{
    return from.n || to.n ? arena_printf(arena, "%.*s – %.*s", STR_FMT(from), STR_FMT(to)) : STR_NONE;
}

bool bill_load(struct visit *visit, struct str number, struct bill *bill, struct err *err)
{
    struct arena *arena = visit->arena;
    struct db_rows *rows = db_query(
        visit->db, arena,
        "SELECT s.id, s.customer_id, s.number, cu.number, cu.name, s.title, s.period_from, s.period_to,"
        " s.your_reference, s.digest, " SPECIFICATION_STATUS ", CASE WHEN s.decided_digest <> '' AND s.decided_digest"
        " <> s.digest THEN 1 ELSE 0 END, s.total, s.row_count FROM invoice_specification s"
        " JOIN customer cu ON cu.id = s.customer_id WHERE s.number = $1",
        DB_ARGS(DB_TEXT(number)), err);
    bool found = rows && db_next(rows);
    if (found)
        *bill = (struct bill){.id = db_int(rows, 0),
                              .customer_id = db_int(rows, 1),
                              .number = db_text_copy(rows, 2, arena),
                              .customer = db_text_copy(rows, 3, arena),
                              .customer_name = db_text_copy(rows, 4, arena),
                              .title = db_text_copy(rows, 5, arena),
                              .period_from = db_text_copy(rows, 6, arena),
                              .period_to = db_text_copy(rows, 7, arena),
                              .reference = db_text_copy(rows, 8, arena),
                              .digest = db_text_copy(rows, 9, arena),
                              .status = db_text_copy(rows, 10, arena),
                              .changed = db_int(rows, 11) != 0,
                              .total = db_int(rows, 12),
                              .row_count = db_int(rows, 13)};
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such specification");
}

/* --- rows ---------------------------------------------------------------------------------------------------------------------------------- */

#define ROW_COLUMNS                                                                                                    \
    "SELECT r.number, r.row_date, COALESCE(NULLIF(r.title, ''), a.name), r.quantity,"                                  \
    " COALESCE(NULLIF(r.unit, ''), a.unit), r.unit_price, r.discount, r.total, c.number"
#define ROW_ORDER " ORDER BY c.number, r.row_date, r.number LIMIT "

static struct bill_row_view read_row(struct visit *visit, const struct db_rows *rows)
{
    struct arena *arena = visit->arena;
    enum lang lang = visit->view.lang;
    struct str quantity = fmt_decimal(arena, lang, db_int(rows, 3), 0), unit = db_text(rows, 4);
    struct bill_row_view row = {
        .number = db_text_copy(rows, 0, arena),
        .date = db_text_copy(rows, 1, arena),
        .what = db_text_copy(rows, 2, arena),
        .quantity = str_trim(arena_printf(arena, "%.*s %.*s", STR_FMT(quantity), STR_FMT(unit))),
        .unit_price = fmt_decimal(arena, lang, db_int(rows, 5), 2),
        .discount = db_int(rows, 6) ? fmt_percent(arena, lang, db_int(rows, 6)) : STR_NONE,
        .total = fmt_money(arena, lang, db_int(rows, 7)),
        .case_number = db_text_copy(rows, 8, arena),
    };
    row.case_url = arena_printf(arena, "/staff%.*s", STR_FMT(case_path(arena, row.case_number)));
    return row;
}

bool bill_rows_load(struct visit *visit, const struct bill *bill, struct bill_row_view **rows, size_t *count,
                    struct err *err)
{
    *rows = ARENA_ARRAY(visit->arena, struct bill_row_view, BILL_ROWS_MAX);
    *count = 0;
    struct db_rows *found =
        db_query(visit->db, visit->arena,
                 ROW_COLUMNS " FROM invoice_specification_row x JOIN article_row r ON r.id = x.article_row_id"
                             " JOIN cases c ON c.id = r.case_id LEFT JOIN article a ON a.id = r.article_id"
                             " WHERE x.specification_id = $1 AND r.status <> 'cancelled'" ROW_ORDER "$2",
                 DB_ARGS(DB_INT(bill->id), DB_INT(BILL_ROWS_MAX)), err);
    while (found && db_next(found) && *count < BILL_ROWS_MAX)
        (*rows)[(*count)++] = read_row(visit, found);
    return db_done(found, err);
}

/* $1 the customer, $2 and $3 the period, $4 the specification itself. */
#define MAY_STAND                                                                                                      \
    " FROM cases c JOIN article_row r ON r.case_id = c.id LEFT JOIN article a ON a.id = r.article_id"                  \
    " WHERE c.customer_id = $1 AND ((r.status = 'attested' AND r.row_date >= $2 AND r.row_date <= $3"                  \
    " AND NOT EXISTS (SELECT 1 FROM invoice_specification_row x WHERE x.article_row_id = r.id))"                       \
    " OR EXISTS (SELECT 1 FROM invoice_specification_row x WHERE x.article_row_id = r.id"                              \
    " AND x.specification_id = $4))"

static struct str date_or(struct str date, const char *open_end)
{
    return date.n ? date : str_of(open_end);
}

bool bill_choices_load(struct visit *visit, const struct bill *bill, struct bill_row_view **rows, size_t *count,
                       bool *more, struct err *err)
{
    *rows = ARENA_ARRAY(visit->arena, struct bill_row_view, BILL_ROWS_MAX);
    *count = 0;
    *more = false;
    struct db_rows *found = db_query(
        visit->db, visit->arena,
        ROW_COLUMNS ", CASE WHEN $4 = 0 OR EXISTS (SELECT 1 FROM invoice_specification_row x WHERE x.article_row_id ="
                    " r.id AND x.specification_id = $4) THEN 1 ELSE 0 END, CASE WHEN r.status = 'attested' THEN 0 ELSE "
                    "1 END" MAY_STAND ROW_ORDER "$5",
        DB_ARGS(DB_INT(bill->customer_id), DB_TEXT(date_or(bill->period_from, "0000-00-00")),
                DB_TEXT(date_or(bill->period_to, "9999-99-99")), DB_INT(bill->id), DB_INT(BILL_ROWS_MAX + 1)),
        err);
    while (found && db_next(found)) {
        *more = *count == BILL_ROWS_MAX;
        if (*more)
            break;
        (*rows)[*count] = read_row(visit, found);
        (*rows)[*count].lost = db_int(found, 10) != 0;
        (*rows)[*count].chosen = db_int(found, 9) != 0 && !(*rows)[*count].lost;
        ++*count;
    }
    return db_done(found, err);
}

/* --- writing ------------------------------------------------------------------------------------------------------------------------------ */

/* FSYYMM-NNNN: the count is only where the search for a free one begins. */
static bool make_number(struct visit *visit, struct str *number, struct err *err)
{
    int year, month, day;
    int64_t n = 0, taken = 1;
    date_to_civil(clock_date(visit->now_us), &year, &month, &day);
    struct str start = arena_printf(visit->arena, "FS%02d%02d-", year % 100, month);
    if (!db_query_int(visit->db, "SELECT COUNT(*) FROM invoice_specification WHERE number >= $1 AND number < $2",
                      DB_ARGS(DB_TEXT(start), DB_TEXT(arena_printf(visit->arena, "%.*s~", STR_FMT(start)))), NULL, &n,
                      err))
        return false;
    while (taken) {
        *number = arena_printf(visit->arena, "%.*s%04" PRId64, STR_FMT(start), ++n);
        if (!db_query_int(visit->db, "SELECT COUNT(*) FROM invoice_specification WHERE number = $1",
                          DB_ARGS(DB_TEXT(*number)), NULL, &taken, err))
            return false;
    }
    return true;
}

static bool insert_head(struct visit *visit, struct bill *bill, struct err *err)
{
    if (!make_number(visit, &bill->number, err))
        return false;
    struct db_rows *rows = db_query(
        visit->db, visit->arena,
        "INSERT INTO invoice_specification (number, customer_id, title, period_from, period_to, your_reference,"
        " status) VALUES ($1, $2, $3, $4, $5, $6, 'draft') RETURNING id",
        DB_ARGS(DB_TEXT(bill->number), DB_INT(bill->customer_id), DB_TEXT(bill->title),
                DB_TEXT_OR_NULL(bill->period_from), DB_TEXT_OR_NULL(bill->period_to), DB_TEXT(bill->reference)),
        err);
    if (rows && db_next(rows))
        bill->id = db_int(rows, 0);
    return db_done(rows, err);
}

static bool update_head(struct visit *visit, const struct bill *bill, struct err *err)
{
    return db_exec(visit->db,
                   "UPDATE invoice_specification SET title = $2, period_from = $3, period_to = $4, your_reference = $5"
                   " WHERE id = $1",
                   DB_ARGS(DB_INT(bill->id), DB_TEXT(bill->title), DB_TEXT_OR_NULL(bill->period_from),
                           DB_TEXT_OR_NULL(bill->period_to), DB_TEXT(bill->reference)),
                   err) &&
           db_exec(visit->db, "DELETE FROM invoice_specification_row WHERE specification_id = $1",
                   DB_ARGS(DB_INT(bill->id)), err);
}

/* A row that is none of the customer's, is not attested, or stands elsewhere is not taken. */
static bool add_row(struct visit *visit, const struct bill *bill, struct str number, bool *taken, struct err *err)
{
    if (!db_exec(visit->db,
                 "INSERT INTO invoice_specification_row (specification_id, article_row_id) SELECT $1, r.id"
                 " FROM article_row r JOIN cases c ON c.id = r.case_id WHERE r.number = $2 AND c.customer_id = $3"
                 " AND r.status = 'attested' AND NOT EXISTS (SELECT 1 FROM invoice_specification_row x"
                 " WHERE x.article_row_id = r.id)",
                 DB_ARGS(DB_INT(bill->id), DB_TEXT(number), DB_INT(bill->customer_id)), err))
        return false;
    *taken = *taken || db_changes(visit->db) == 0;
    return true;
}

bool bill_write(struct visit *visit, struct bill *bill, const struct str *rows, size_t row_count, bool *taken,
                struct err *err)
{
    *taken = false;
    if (!(bill->id ? update_head(visit, bill, err) : insert_head(visit, bill, err)))
        return false;
    for (size_t i = 0; i < row_count; i++) {
        if (!add_row(visit, bill, rows[i], taken, err))
            return false;
    }
    return specification_refresh_one(visit->db, visit->arena, bill->id, err);
}
