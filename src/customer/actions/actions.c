#include "customer/actions/actions.h"

#include "customer/actions/actions.html.h"
#include "customer/actions/rows.h"
#include "model/case.h"
#include "service/sheet.h"

static bool actions_is_number(const struct action_column *column)
{
    return column->kind != ACTION_TEXT && column->kind != ACTION_DATE;
}

static void actions_fill_rows(struct visit *visit, const struct action_table *table, struct actions_view *view)
{
    struct action_head_view *heads = ARENA_ARRAY(visit->arena, struct action_head_view, table->column_count);
    struct action_row_view *rows = ARENA_ARRAY(visit->arena, struct action_row_view, table->row_count);
    for (size_t k = 0; k < table->column_count; k++)
        heads[k] =
            (struct action_head_view){visit_tr(visit, table->columns[k]->label), actions_is_number(table->columns[k])};
    for (size_t i = 0; i < table->row_count; i++) {
        struct action_cell_view *cells = ARENA_ARRAY(visit->arena, struct action_cell_view, table->column_count);
        for (size_t k = 0; k < table->column_count; k++) {
            struct str text = action_cell_text(visit, table->columns[k], &table->rows[i]);
            cells[k] = (struct action_cell_view){heads[k].label, text, heads[k].number,
                                                 table->columns[k]->kind == ACTION_DATE, !text.n};
        }
        rows[i] = (struct action_row_view){cells, table->column_count};
    }
    view->heads = heads;
    view->head_count = table->column_count;
    view->rows = rows;
    view->row_count = table->row_count;
}

/* Puts the sum under the column of totals if that is the last column. */
static void fill_sum(struct visit *visit, const struct action_table *table, struct actions_view *view)
{
    size_t last = table->column_count;
    view->sum_shown = last > 1 && table->row_count && table->columns[last - 1]->kind == ACTION_MONEY;
    view->sum_span = (int64_t)last - 1;
    view->sum = fmt_money(visit->arena, visit->view.lang, table->total);
}

static bool load_title(struct visit *visit, int64_t id, struct actions_view *view, struct err *err)
{
    struct db_rows *rows =
        db_query(visit->db, visit->arena, "SELECT number, title FROM cases WHERE id = $1", DB_ARGS(DB_INT(id)), err);
    if (db_next(rows)) {
        view->number = db_text_copy(rows, 0, visit->arena);
        view->title = db_text_copy(rows, 1, visit->arena);
    }
    return db_done(rows, err);
}

static bool actions_show(struct visit *visit, struct err *err)
{
    struct action_table table;
    struct actions_view view = {0};
    int64_t id = 0;
    if (!cases_find_visible(visit, visit->path_value[0], &id, err) || !load_title(visit, id, &view, err) ||
        !action_table_load(visit, id, &table, err))
        return false;
    view.case_url = case_path(visit->arena, view.number);
    view.csv_url = arena_printf(visit->arena, "%.*s/actions.csv", STR_FMT(view.case_url));
    view.xlsx_url = arena_printf(visit->arena, "%.*s/actions.xlsx", STR_FMT(view.case_url));
    actions_fill_rows(visit, &table, &view);
    fill_sum(visit, &table, &view);
    page_begin(visit, tr_fill(visit->arena, visit->view.lang, _("Actions on case {1}"), &view.number, 1));
    actions_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

static struct sheet_cell sheet_cell_of(struct visit *visit, const struct action_column *column,
                                       const struct article_row *row)
{
    struct sheet_cell cell = {.kind = SHEET_TEXT};
    cell.code = action_cell_code(visit, column, row);
    cell.text = action_cell_text(visit, column, row);
    cell.empty = cell.text.n == 0;
    if (actions_is_number(column)) {
        cell.kind = SHEET_DECIMAL;
        cell.value = column->kind == ACTION_DECIMAL   ? row->quantity
                     : column->kind == ACTION_PRICE   ? row->unit_price
                     : column->kind == ACTION_PERCENT ? row->discount
                                                      : row->total * 10000;
    }
    return cell;
}

static bool actions_write_sheet(struct visit *visit, const struct action_table *table, enum sheet_kind kind,
                                struct err *err)
{
    struct str *heads = ARENA_ARRAY(visit->arena, struct str, table->column_count);
    struct sheet_cell *cells = ARENA_ARRAY(visit->arena, struct sheet_cell, table->column_count);
    struct sheet *sheet = sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Actions")), err);
    for (size_t k = 0; k < table->column_count; k++)
        heads[k] = kind == SHEET_CSV ? str_of(table->columns[k]->name) : visit_tr(visit, table->columns[k]->label);
    if (!sheet || !sheet_head(sheet, heads, table->column_count, err))
        return false;
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t k = 0; k < table->column_count; k++)
            cells[k] = sheet_cell_of(visit, table->columns[k], &table->rows[i]);
        if (!sheet_row(sheet, cells, table->column_count, err))
            return false;
    }
    return sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err);
}

static bool actions_export(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    struct action_table table;
    int64_t id = 0;
    if (!cases_find_visible(visit, visit->path_value[0], &id, err) || !action_table_load(visit, id, &table, err) ||
        !actions_write_sheet(visit, &table, kind, err))
        return false;
    visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "actions.csv" : "actions.xlsx");
    return true;
}

static bool actions_csv(struct visit *visit, struct err *err)
{
    return actions_export(visit, SHEET_CSV, err);
}

static bool actions_xlsx(struct visit *visit, struct err *err)
{
    return actions_export(visit, SHEET_XLSX, err);
}

static const struct route ROUTES[] = {
    {"GET", "/cases/{number}/actions", actions_show, WHO_LOGIN, ROUTE_ACTIONS},
    {"GET", "/cases/{number}/actions.csv", actions_csv, WHO_LOGIN, ROUTE_ACTIONS},
    {"GET", "/cases/{number}/actions.xlsx", actions_xlsx, WHO_LOGIN, ROUTE_ACTIONS},
};

const struct feature actions_feature = {
    .name = "customer/actions",
    FEATURE_ROUTES(ROUTES),
};
