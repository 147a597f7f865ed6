#include "customer/cases/search_page.h"
#include "model/case_search.h"
#include "service/sheet.h"

#define CELL_CAP 80

struct export
{
    struct visit *visit;
    struct sheet *sheet;
    const struct case_column *columns;
    size_t column_count;
};

/* A customer is exported as its number and, beside it, the name that the page shows; the same of types and objects. */
static bool is_pair(const struct case_column *column)
{
    return column->kind == COLUMN_PICKLIST || column->kind == COLUMN_REGISTER;
}

static bool write_head(struct export *export, enum sheet_kind kind, struct err *err)
{
    struct str heads[CELL_CAP];
    size_t count = 0;
    for (size_t i = 0; i < export->column_count; i++) {
        const struct case_column *column = &export->columns[i];
        if (column->kind == COLUMN_ACTIONS || count + 2 > CELL_CAP)
            continue;
        heads[count++] = kind == SHEET_CSV ? column->name : column->label;
        if (kind == SHEET_CSV && is_pair(column))
            heads[count++] = arena_printf(export->visit->arena, "%.*s_name", STR_FMT(column->name));
    }
    return sheet_head(export->sheet, heads, count, err);
}

static struct sheet_cell cell_of(const struct case_column *column, const struct case_value *value)
{
    struct sheet_cell cell = {.kind = SHEET_TEXT, .code = value->code, .text = value->text};
    if (column->kind == COLUMN_INSTANT) {
        cell.kind = SHEET_INSTANT;
        cell.value = value->instant;
    }
    cell.empty = value->text.n == 0;
    return cell;
}

static bool write_csv_row(void *context, const struct case_row *row, struct err *err)
{
    struct export *export = context;
    struct sheet_cell cells[CELL_CAP];
    size_t count = 0;
    for (size_t i = 0; i < export->column_count; i++) {
        if (export->columns[i].kind == COLUMN_ACTIONS || count + 2 > CELL_CAP)
            continue;
        cells[count++] = cell_of(&export->columns[i], &row->values[i]);
        if (is_pair(&export->columns[i]))
            cells[count++] = (struct sheet_cell){.kind = SHEET_TEXT, .code = row->values[i].text};
    }
    return sheet_row(export->sheet, cells, count, err);
}

static bool write_xlsx_row(void *context, const struct case_row *row, struct err *err)
{
    struct export *export = context;
    struct sheet_cell cells[CELL_CAP];
    size_t count = 0;
    for (size_t i = 0; i < export->column_count; i++) {
        if (export->columns[i].kind != COLUMN_ACTIONS && count + 2 <= CELL_CAP)
            cells[count++] = cell_of(&export->columns[i], &row->values[i]);
    }
    return sheet_row(export->sheet, cells, count, err);
}

static bool search_export(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    struct criteria criteria;
    struct export export = {.visit = visit};
    if (!search_criteria(visit, &criteria))
        return err_set(err, ERR_INVALID, _("Something in the search must be mended. Open the search page to see what."),
                       "bad criteria in an export");
    export.column_count = columns_load(visit, &export.columns);
    export.sheet = sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Cases")), err);
    if (!export.sheet || !write_head(&export, kind, err) ||
        !search_each(visit, &criteria, export.columns, export.column_count,
                     kind == SHEET_CSV ? write_csv_row : write_xlsx_row, &export, err) ||
        !sheet_finish(export.sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "cases.csv" : "cases.xlsx");
    return true;
}

bool search_csv(struct visit *visit, struct err *err)
{
    return search_export(visit, SHEET_CSV, err);
}

bool search_xlsx(struct visit *visit, struct err *err)
{
    return search_export(visit, SHEET_XLSX, err);
}
