#include "staff/invoices/specification.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "model/case.h"
#include "model/specification.h"
#include "portal/address.h"

#include <inttypes.h>

struct str staff_specification_path(struct arena *arena, struct str number, const char *behind)
{
    return address_of(arena, "/staff/invoices", number, behind);
}

struct str staff_specification_stamp(struct arena *arena, const struct specification *specification)
{
    return arena_printf(arena, "%s.%" PRId64 ".%.*s.%.*s", specification_status_codes[specification->status],
                        specification->row_count, STR_FMT(specification->digest),
                        STR_FMT(staff_specification_was(arena, specification)));
}

struct str staff_specification_period(struct arena *arena, struct str from, struct str to)
{
    return from.n || to.n ? arena_printf(arena, "%.*s – %.*s", STR_FMT(from), STR_FMT(to)) : STR_NONE;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

#define ROW_COLUMNS                                                                                                    \
    "SELECT r.number, r.row_date, COALESCE(NULLIF(r.title, ''), a.name), r.quantity,"                                  \
    " COALESCE(NULLIF(r.unit, ''), a.unit), r.unit_price, r.discount, r.total, c.number"
#define ROW_ORDER " ORDER BY c.number, r.row_date, r.number LIMIT "

static struct staff_specification_row_view invoices_specification_read_row(struct visit *visit,
                                                                           const struct db_rows *rows)
{
    struct arena *arena = visit->arena;
    enum lang lang = visit->view.lang;
    struct str quantity = fmt_decimal(arena, lang, db_int(rows, 3), 0), unit = db_text(rows, 4);
    struct staff_specification_row_view row = {
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

bool staff_specification_rows_load(struct visit *visit, const struct specification *specification,
                                   struct staff_specification_row_view **rows, size_t *count, struct err *err)
{
    *rows = ARENA_ARRAY(visit->arena, struct staff_specification_row_view, SPECIFICATION_ROWS_MAX);
    *count = 0;
    struct db_rows *found =
        db_query(visit->db, visit->arena,
                 ROW_COLUMNS " FROM invoice_specification_row x JOIN article_row r ON r.id = x.article_row_id"
                             " JOIN cases c ON c.id = r.case_id LEFT JOIN article a ON a.id = r.article_id"
                             " WHERE x.specification_id = $1 AND r.status <> 'cancelled'" ROW_ORDER "$2",
                 DB_ARGS(DB_INT(specification->id), DB_INT(SPECIFICATION_ROWS_MAX)), err);
    while (found && db_next(found) && *count < SPECIFICATION_ROWS_MAX)
        (*rows)[(*count)++] = invoices_specification_read_row(visit, found);
    return db_done(found, err);
}

/* $1: the customer, $2 and $3: the period, $4: the specification itself. */
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

bool staff_specification_choices_load(struct visit *visit, const struct specification *specification,
                                      struct staff_specification_row_view **rows, size_t *count, bool *more,
                                      struct err *err)
{
    *rows = ARENA_ARRAY(visit->arena, struct staff_specification_row_view, SPECIFICATION_ROWS_MAX);
    *count = 0;
    *more = false;
    struct db_rows *found = db_query(
        visit->db, visit->arena,
        ROW_COLUMNS ", CASE WHEN $4 = 0 OR EXISTS (SELECT 1 FROM invoice_specification_row x WHERE x.article_row_id ="
                    " r.id AND x.specification_id = $4) THEN 1 ELSE 0 END, CASE WHEN r.status = 'attested' THEN 0 ELSE "
                    "1 END" MAY_STAND ROW_ORDER "$5",
        DB_ARGS(DB_INT(specification->customer_id), DB_TEXT(date_or(specification->period_from, "0000-00-00")),
                DB_TEXT(date_or(specification->period_to, "9999-99-99")), DB_INT(specification->id),
                DB_INT(SPECIFICATION_ROWS_MAX + 1)),
        err);
    while (found && db_next(found)) {
        *more = *count == SPECIFICATION_ROWS_MAX;
        if (*more)
            break;
        (*rows)[*count] = invoices_specification_read_row(visit, found);
        (*rows)[*count].lost = db_int(found, 10) != 0;
        (*rows)[*count].chosen = db_int(found, 9) != 0 && !(*rows)[*count].lost;
        ++*count;
    }
    return db_done(found, err);
}
