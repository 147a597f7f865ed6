#include "staff/invoices/specification.h"

#include "portal/address.h"

#include <inttypes.h>

bool staff_specification_find(struct visit *visit, struct specification *specification, struct err *err)
{
    return specification_find_any(visit->db, visit->arena, address_number(visit->arena, visit->path_value[0]),
                                  specification, err);
}

struct str staff_specification_path(struct arena *arena, struct str number, const char *ending)
{
    return address_of(arena, "/staff/invoices", number, ending);
}

struct str staff_specification_stamp(struct arena *arena, const struct specification *specification)
{
    return arena_printf(arena, "%s.%" PRId64 ".%.*s", code_name(&specification_statuses, specification->status),
                        specification->row_count, STR_FMT(specification->digest));
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

#define ROW_COLUMNS                                                                                                    \
    "SELECT r.number, r.row_date, COALESCE(NULLIF(r.title, ''), a.name), r.quantity,"                                  \
    " COALESCE(NULLIF(r.unit, ''), a.unit), r.unit_price, r.discount, r.total, c.number, " ROW_REMARK ", " CASE_REMARK
#define ROW_ORDER " ORDER BY c.number COLLATE \"sv-natural\", r.row_date, r.number COLLATE \"sv-natural\" LIMIT "

/* Reads the rows of a query, whose last columns say whether the row is chosen and whether it is lost. */
static bool staff_specification_rows_read(struct visit *visit, struct db_rows *found,
                                          struct staff_specification_row_view **rows, size_t *count, bool *more,
                                          struct err *err)
{
    struct arena *arena = visit->arena;
    enum lang lang = visit->view.lang;
    *rows = ARENA_ARRAY(arena, struct staff_specification_row_view, SPECIFICATION_ROWS_MAX);
    *count = 0;
    while (db_next(found)) {
        int64_t quantity, price, discount, total;
        struct str unit;
        struct staff_specification_row_view *row = &(*rows)[*count];
        *more = *count == SPECIFICATION_ROWS_MAX;
        if (*more)
            break;
        db_read(found, TO(&row->number), TO(&row->date), TO(&row->what), TO(&quantity), TO(&unit), TO(&price),
                TO(&discount), TO(&total), TO(&row->case_number), TO(&row->remark), TO(&row->case_remark),
                TO(&row->chosen), TO(&row->lost));
        row->quantity =
            str_trim(arena_printf(arena, "%.*s %.*s", STR_FMT(fmt_decimal(arena, lang, quantity, 0)), STR_FMT(unit)));
        row->unit_price = fmt_decimal(arena, lang, price, 2);
        row->discount = discount ? fmt_percent(arena, lang, discount) : STR_NONE;
        row->total = fmt_money(arena, lang, total);
        row->case_url = address_of(arena, "/staff/cases", row->case_number, "");
        row->chosen = row->chosen && !row->lost;
        ++*count;
    }
    return db_done(found, err);
}

bool staff_specification_rows_load(struct visit *visit, const struct specification *specification,
                                   struct staff_specification_row_view **rows, size_t *count, struct err *err)
{
    bool more = false;
    struct db_rows *found =
        db_query(visit->db, visit->arena,
                 ROW_COLUMNS ", 0, CASE WHEN r.status = 'editable' THEN 1 ELSE 0 END FROM invoice_specification_row x "
                             "JOIN article_row r ON r.id = x.article_row_id"
                             " JOIN cases c ON c.id = r.case_id LEFT JOIN article a ON a.id = r.article_id"
                             " WHERE x.specification_id = $1 AND r.status <> 'cancelled'" ROW_ORDER "$2",
                 DB_ARGS(DB_INT(specification->id), DB_INT(SPECIFICATION_ROWS_MAX)), err);
    return staff_specification_rows_read(visit, found, rows, count, &more, err);
}

/* $1: the customer, $2 and $3: the period, $4: the specification itself. */
#define IS_ON_IT                                                                                                       \
    "EXISTS (SELECT 1 FROM invoice_specification_row x WHERE x.article_row_id = r.id AND x.specification_id = $4)"
#define MAY_STAND                                                                                                      \
    " FROM cases c JOIN article_row r ON r.case_id = c.id LEFT JOIN article a ON a.id = r.article_id"                  \
    " WHERE c.customer_id = $1 AND ((r.status = 'attested' AND r.row_date >= $2 AND r.row_date <= $3"                  \
    " AND NOT EXISTS (SELECT 1 FROM invoice_specification_row x WHERE x.article_row_id = r.id)) OR " IS_ON_IT ")"

bool staff_specification_choices_load(struct visit *visit, const struct specification_choice *choice,
                                      struct staff_specification_row_view **rows, size_t *count, bool *more,
                                      struct err *err)
{
    struct db_rows *found =
        db_query(visit->db, visit->arena,
                 ROW_COLUMNS ", CASE WHEN " IS_ON_IT " OR ($4 = 0 AND " ROW_REMARK " IS NULL AND " CASE_REMARK
                             " IS NULL) THEN 1 ELSE 0 END,"
                             " CASE WHEN r.status = 'attested' THEN 0 ELSE 1 END" MAY_STAND ROW_ORDER "$5",
                 DB_ARGS(DB_INT(choice->customer_id), DB_TEXT(choice->from.n ? choice->from : STR("0000-00-00")),
                         DB_TEXT(choice->to.n ? choice->to : STR("9999-99-99")), DB_INT(choice->specification_id),
                         DB_INT(SPECIFICATION_ROWS_MAX + 1)),
                 err);
    *more = false;
    return staff_specification_rows_read(visit, found, rows, count, more, err);
}
