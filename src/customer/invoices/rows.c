/* The rows of one specification as CSV, with code names as in article_rows.csv, and as XLSX. */
#include "customer/invoices/internal.h"
#include "lists/list.h"

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("number", _("Row number"), TEXT, "r.number")},
    {LIST_COLUMN("case", _("Case"), TEXT, "c.number")},
    {LIST_COLUMN("article", _("Article"), TEXT, "a.number")},
    {LIST_COLUMN("date", _("Date"), DATE, "r.row_date")},
    {LIST_COLUMN("title", _("Title"), TEXT, "r.title")},
    {LIST_COLUMN("description", _("Description"), TEXT, "r.description")},
    {LIST_COLUMN("quantity", _("Quantity"), DECIMAL, "r.quantity")},
    {LIST_COLUMN("unit", _("Unit"), TEXT, "r.unit")},
    {LIST_COLUMN("unit_price", _("Unit price"), PRICE, "r.unit_price")},
    {LIST_COLUMN("discount", _("Discount"), PERCENT, "r.discount")},
    {LIST_COLUMN("total", _("Total (excl. VAT)"), MONEY, "r.total")},
};
static const struct list_order ORDERS[] = {
    {.keys = {{"c.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_UP},
              {"r.row_date", LIST_KEY_TEXT, LIST_KEY_UP},
              {"r.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_UP}}},
};

static void specification_rows_add(struct sql *sql, const struct list_query *query)
{
    const struct specification *specification = query->context;
    sql_put(sql, "r.status <> 'cancelled' AND l.specification_id = ?", DB_INT(specification->id));
}

static const struct list SPECIFICATION_ROWS = {
    .name = "rows",
    .title = _("Invoice specification"),
    .columns = COLUMNS,
    .column_count = COUNT_OF(COLUMNS),
    .orders = ORDERS,
    .order_count = COUNT_OF(ORDERS),
    .from_literal = "invoice_specification_row l JOIN article_row r ON r.id = l.article_row_id"
                    " JOIN cases c ON c.id = r.case_id LEFT JOIN article a ON a.id = r.article_id",
    .visible = specification_rows_add,
};

/*
 * Sends the rows as a file. When no specification has the number without `ending`, the ending may belong to the number,
 * so answers with the page of that specification.
 */
static bool specification_rows_send(struct visit *visit, enum sheet_kind kind, const char *ending, struct err *err)
{
    struct specification specification;
    if (specification_of_path(visit, &specification, err))
        return list_file_send(visit, &SPECIFICATION_ROWS, &specification, kind, err);
    if (err->kind != ERR_NOT_FOUND)
        return false;
    *err = (struct err){.kind = ERR_NONE};
    visit->path_value[0] = arena_printf(visit->arena, "%.*s%s", STR_FMT(visit->path_value[0]), ending);
    return specification_page(visit, err);
}

bool specification_rows_csv(struct visit *visit, struct err *err)
{
    return specification_rows_send(visit, SHEET_CSV, ".csv", err);
}

bool specification_rows_xlsx(struct visit *visit, struct err *err)
{
    return specification_rows_send(visit, SHEET_XLSX, ".xlsx", err);
}
