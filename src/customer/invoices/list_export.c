#include "base/clock.h"
#include "base/decimal.h"
#include "customer/invoices/list.h"
#include "customer/invoices/query.h"
#include "service/sheet.h"

/* The columns: code names for programs, labels for people. */
static const struct {
    const char *code, *label;
} COLUMNS[] = {
    {"number", _("Number")},
    {"title", _("Title")},
    {"customer", _("Customer number")},
    {"customer_name", _("Customer")},
    {"period_from", _("Period from")},
    {"period_to", _("Period to")},
    {"case_count", _("Cases")},
    {"total", _("Total (excl. VAT)")},
    {"status", _("Status")},
    {"your_reference", _("Your reference")},
    {"decided_by", _("Decided by")},
    {"decided_at", _("Decided")},
    {"comment", _("Comment")},
};
#define COLUMN_COUNT (sizeof COLUMNS / sizeof *COLUMNS)

struct export
{
    struct visit *visit;
    struct sheet *sheet;
    struct arena *arena; /* emptied for every row */
};

static bool list_export_write_head(struct export *export, enum sheet_kind kind, struct err *err)
{
    struct str heads[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        heads[i] = kind == SHEET_CSV ? str_of(COLUMNS[i].code) : visit_tr(export->visit, COLUMNS[i].label);
    return sheet_head(export->sheet, heads, COLUMN_COUNT, err);
}

static struct sheet_cell list_export_text_cell(struct str code, struct str text)
{
    return (struct sheet_cell){.kind = SHEET_TEXT, .code = code, .text = text, .empty = !text.n};
}

static struct sheet_cell number_cell(struct str code, int64_t millionths)
{
    return (struct sheet_cell){.kind = SHEET_DECIMAL, .code = code, .text = code, .value = millionths};
}

static struct sheet_cell instant_cell(struct arena *arena, int64_t instant)
{
    struct str code = instant ? instant_format_utc(arena, instant) : STR_NONE;
    return (struct sheet_cell){.kind = SHEET_INSTANT, .code = code, .text = code, .value = instant, .empty = !instant};
}

static bool list_export_write_row(void *context, const struct invoice_row *row, struct err *err)
{
    struct export *export = context;
    const struct specification *head = &row->head;
    struct str status = str_of(specification_status_codes[head->status]);
    arena_reset(export->arena);
    const struct sheet_cell cells[COLUMN_COUNT] = {
        list_export_text_cell(head->number, head->number),
        list_export_text_cell(head->title, head->title),
        list_export_text_cell(head->customer, head->customer),
        list_export_text_cell(head->customer_name, head->customer_name),
        list_export_text_cell(head->period_from, head->period_from),
        list_export_text_cell(head->period_to, head->period_to),
        number_cell(arena_printf(export->arena, "%zu", head->case_count), (int64_t)head->case_count * DECIMAL_ONE),
        number_cell(ore_format(export->arena, head->total), head->total * (DECIMAL_ONE / 100)),
        list_export_text_cell(status, visit_tr(export->visit, specification_status_labels[head->status])),
        list_export_text_cell(head->your_reference, head->your_reference),
        list_export_text_cell(head->decided_by, head->decided_by),
        instant_cell(export->arena, head->decided_at),
        list_export_text_cell(head->comment, head->comment),
    };
    return sheet_row(export->sheet, cells, COLUMN_COUNT, err);
}

static bool list_export(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    struct invoice_criteria criteria;
    struct export export = {.visit = visit, .arena = arena_create()};
    bool ok = invoice_criteria_read(visit->arena, &visit->request->query, &criteria) ||
              err_set(err, ERR_INVALID, _("Something in the search must be mended. Open the list to see what."),
                      "bad criteria in an export");
    if (ok)
        export.sheet =
            sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Invoice specifications")), err);
    ok = ok && export.sheet && list_export_write_head(&export, kind, err) &&
         invoice_each(visit, &criteria, list_export_write_row, &export, err) &&
         sheet_finish(export.sheet, &visit->response->fd, &visit->response->fd_size, err);
    arena_destroy(export.arena);
    if (ok)
        visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "invoices.csv" : "invoices.xlsx");
    return ok;
}

bool invoice_list_csv(struct visit *visit, struct err *err)
{
    return list_export(visit, SHEET_CSV, err);
}

bool invoice_list_xlsx(struct visit *visit, struct err *err)
{
    return list_export(visit, SHEET_XLSX, err);
}
