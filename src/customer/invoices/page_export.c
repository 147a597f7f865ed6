#include "base/decimal.h"
#include "customer/invoices/page.h"
#include "model/specification.h"
#include "portal/address.h"
#include "service/sheet.h"

/* The columns: code names as in article_rows.csv for programs, labels for people. */
static const struct {
    const char *code, *label;
} COLUMNS[] = {
    {"number", _("Row number")},
    {"case", _("Case")},
    {"article", _("Article")},
    {"date", _("Date")},
    {"title", _("Title")},
    {"description", _("Description")},
    {"quantity", _("Quantity")},
    {"unit", _("Unit")},
    {"unit_price", _("Unit price")},
    {"discount", _("Discount")},
    {"total", _("Total (excl. VAT)")},
};
#define COLUMN_COUNT (sizeof COLUMNS / sizeof *COLUMNS)

static struct sheet_cell page_export_text_cell(struct str text)
{
    return (struct sheet_cell){.kind = SHEET_TEXT, .code = text, .text = text, .empty = !text.n};
}

static struct sheet_cell decimal_cell(struct arena *arena, int64_t millionths)
{
    struct str code = decimal_format(arena, millionths);
    return (struct sheet_cell){.kind = SHEET_DECIMAL, .code = code, .text = code, .value = millionths};
}

static bool page_export_write_row(struct visit *visit, struct sheet *sheet, const struct specification_case *one,
                                  const struct specification_row *row, struct err *err)
{
    struct sheet_cell total = decimal_cell(visit->arena, row->total * (DECIMAL_ONE / 100));
    total.code = ore_format(visit->arena, row->total);
    const struct sheet_cell cells[COLUMN_COUNT] = {
        page_export_text_cell(row->number),
        page_export_text_cell(one->number),
        page_export_text_cell(row->article),
        page_export_text_cell(row->date),
        page_export_text_cell(row->title),
        page_export_text_cell(row->description),
        decimal_cell(visit->arena, row->quantity),
        page_export_text_cell(row->unit),
        decimal_cell(visit->arena, row->unit_price),
        decimal_cell(visit->arena, row->discount),
        total,
    };
    return sheet_row(sheet, cells, COLUMN_COUNT, err);
}

static bool page_export_write_sheet(struct visit *visit, const struct specification *specification,
                                    enum sheet_kind kind, struct err *err)
{
    struct str heads[COLUMN_COUNT];
    struct sheet *sheet =
        sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Invoice specification")), err);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        heads[i] = kind == SHEET_CSV ? str_of(COLUMNS[i].code) : visit_tr(visit, COLUMNS[i].label);
    if (!sheet || !sheet_head(sheet, heads, COLUMN_COUNT, err))
        return false;
    for (size_t i = 0; i < specification->case_count; i++) {
        const struct specification_case *one = &specification->cases[i];
        for (size_t k = 0; k < one->row_count; k++) {
            if (!page_export_write_row(visit, sheet, one, &one->rows[k], err))
                return false;
        }
    }
    return sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err);
}

/*
 * Finds the specification with this number. *found is false when there is none that the actor may see; the function
 * fails only for other reasons.
 */
static bool page_export_find(struct visit *visit, struct specification *specification, bool *found, struct err *err)
{
    *found = specification_find(visit, address_number(visit->arena, visit->path_value[0]), specification, err);
    if (*found || err->kind != ERR_NOT_FOUND)
        return *found;
    *err = (struct err){.kind = ERR_NONE};
    return true;
}

/*
 * Answers with the rows as a file. When no specification has the number without `ending`, the ending may belong to the
 * number, so answers with the page of that specification.
 */
static bool rows_export(struct visit *visit, enum sheet_kind kind, const char *ending, struct err *err)
{
    struct specification specification;
    bool found = false;
    if (!page_export_find(visit, &specification, &found, err))
        return false;
    if (!found) {
        visit->path_value[0] = arena_printf(visit->arena, "%.*s%s", STR_FMT(visit->path_value[0]), ending);
        return invoice_page(visit, err);
    }
    if (!specification_load_rows(visit, &specification, err) ||
        !page_export_write_sheet(visit, &specification, kind, err))
        return false;
    visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "rows.csv" : "rows.xlsx");
    return true;
}

bool invoice_rows_csv(struct visit *visit, struct err *err)
{
    return rows_export(visit, SHEET_CSV, ".csv", err);
}

bool invoice_rows_xlsx(struct visit *visit, struct err *err)
{
    return rows_export(visit, SHEET_XLSX, ".xlsx", err);
}
