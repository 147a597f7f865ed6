#include "customer/dashboards/behind.h"

#include "base/clock.h"
#include "customer/dashboards/behind.html.h"
#include "customer/dashboards/chart.h"
#include "customer/dashboards/details.h"
#include "customer/dashboards/page.h"
#include "customer/dashboards/tally.h"
#include "model/case.h"

#include <inttypes.h>
#include <stdlib.h>

#define PAGE_SIZE 50

/* --- selecting rows ----------------------------------------------------------------------------------------------- */

struct place {
    int64_t at, id;
};

struct behind {
    struct visit *visit;
    const struct board *board;
    struct filter filter;
    struct selection selection;
    struct groups top;
    struct place *places; /* newest first */
    size_t count, cap;
    struct group all; /* the sum over all places */
};

static void behind_take(void *context, const struct fact *fact)
{
    struct behind *behind = context;
    if (fact->disordered || !selection_has(&behind->selection, &behind->top, fact))
        return;
    group_add(&behind->all, fact);
    if (behind->count == behind->cap) {
        behind->cap = behind->cap ? behind->cap * 2 : 256;
        struct place *grown = ARENA_ARRAY(behind->visit->arena, struct place, behind->cap);
        for (size_t i = 0; i < behind->count; i++)
            grown[i] = behind->places[i];
        behind->places = grown;
    }
    behind->places[behind->count++] = (struct place){fact->at, fact->id};
}

static int newest_first(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? 1 : -1;
    return (x->id < y->id) - (x->id > y->id);
}

/* Which groups are "the others" is known only after all facts are added up. */
static bool find_top(struct behind *behind, struct err *err)
{
    struct gathered gathered;
    if (behind->selection.key != KEY_OTHERS)
        return true;
    if (!gather(behind->visit, behind->board, &behind->filter, &gathered, err))
        return false;
    behind->top = gathered.by[behind->selection.by];
    return true;
}

static bool find_places(struct behind *behind, struct err *err)
{
    struct visit *visit = behind->visit;
    struct buckets buckets = period_buckets(visit->arena, &behind->filter.period);
    if (!selection_read(visit, behind->board, &buckets, &behind->selection, err) || !find_top(behind, err) ||
        !gather_each(visit, behind->board, &behind->filter, &buckets, behind_take, behind, err))
        return false;
    if (behind->count)
        qsort(behind->places, behind->count, sizeof *behind->places, newest_first);
    else if (dimension_is_stored(behind->selection.by) && behind->selection.name.code.n)
        behind->selection.name.label = behind->selection.name.code; /* a group that is not visible shows no name */
    return true;
}

static bool behind_begin(struct behind *behind, struct visit *visit, struct err *err)
{
    *behind = (struct behind){.visit = visit, .board = board_find(visit->path_value[0])};
    return behind->board || err_set(err, ERR_NOT_FOUND, NULL, "no such dashboard");
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static struct str address(const struct behind *behind, const char *what, struct str after)
{
    struct buf url;
    buf_init(&url, behind->visit->arena);
    buf_str(&url, board_path(behind->visit->arena, behind->board, what));
    filter_params(&url, &behind->filter);
    selection_params(&url, &behind->selection);
    filter_param(&url, "after", after);
    return buf_text(&url);
}

/* Finds the first row after the cursor `AT.ID`. */
static bool find_start(const struct behind *behind, size_t *start, struct err *err)
{
    struct str rest = http_param(&behind->visit->request->query, "after"), part = STR_NONE;
    struct place after = {0, 0};
    *start = 0;
    if (!rest.n)
        return true;
    if (!str_cut(&rest, '.', &part) || !str_to_int(part, &after.at) || !str_to_int(rest, &after.id))
        return err_set(err, ERR_INVALID, _("This page of the list cannot be found. Start from the first page."),
                       "bad cursor");
    while (*start < behind->count && newest_first(&behind->places[*start], &after) <= 0)
        (*start)++;
    return true;
}

static struct str cursor_before(const struct behind *behind, size_t start)
{
    if (!start)
        return STR_NONE;
    const struct place *last = &behind->places[start - 1];
    return arena_printf(behind->visit->arena, "%" PRId64 ".%" PRId64, last->at, last->id);
}

static struct behind_cell_view behind_cell_of(struct visit *visit, const struct board_column *column,
                                              const struct detail *detail)
{
    struct behind_cell_view cell = {.label = visit_tr(visit, column->label),
                                    .text = detail->text,
                                    .status = -1,
                                    .number = column->kind >= COLUMN_DECIMAL,
                                    .empty = detail->none};
    if (column->kind == COLUMN_CASE)
        cell.href = case_path(visit->arena, detail->code);
    if (column->kind == COLUMN_STATUS || column->kind == COLUMN_ORDER_STATUS)
        cell.status = (int)detail->value;
    if (column->kind == COLUMN_INSTANT || column->kind == COLUMN_DATE)
        cell.machine = detail->code;
    return cell;
}

static void behind_fill_heads(const struct behind *behind, struct behind_view *view)
{
    const struct board *board = behind->board;
    struct chart_head_view *heads = ARENA_ARRAY(behind->visit->arena, struct chart_head_view, board->column_count);
    for (size_t i = 0; i < board->column_count; i++) {
        if (board->columns[i].list)
            heads[view->head_count++] = (struct chart_head_view){visit_tr(behind->visit, board->columns[i].label),
                                                                 board->columns[i].kind >= COLUMN_DECIMAL};
    }
    view->heads = heads;
}

static struct behind_row_view behind_row_of(const struct behind *behind, const struct detail_row *row)
{
    const struct board *board = behind->board;
    struct behind_cell_view *cells = ARENA_ARRAY(behind->visit->arena, struct behind_cell_view, board->column_count);
    size_t count = 0;
    for (size_t i = 0; row->details && i < board->column_count; i++) {
        if (board->columns[i].list)
            cells[count++] = behind_cell_of(behind->visit, &board->columns[i], &row->details[i]);
    }
    return (struct behind_row_view){cells, count};
}

static bool behind_fill_rows(const struct behind *behind, size_t start, struct behind_view *view, struct err *err)
{
    struct visit *visit = behind->visit;
    size_t count = behind->count - start < PAGE_SIZE ? behind->count - start : PAGE_SIZE;
    int64_t ids[PAGE_SIZE] = {0};
    struct detail_row rows[PAGE_SIZE] = {{0}};
    for (size_t i = 0; i < count; i++)
        ids[i] = behind->places[start + i].id;
    if (!details_load(visit, visit->arena, behind->board, ids, count, rows, err))
        return false;
    struct behind_row_view *made = ARENA_ARRAY(visit->arena, struct behind_row_view, count);
    for (size_t i = 0; i < count; i++)
        made[i] = behind_row_of(behind, &rows[i]);
    view->rows = made;
    view->row_count = count;
    view->pager =
        (struct pager){.from = (int64_t)start + 1, .to = (int64_t)(start + count), .total = (int64_t)behind->count};
    if (start) {
        view->pager.first_url = address(behind, "/rows", STR_NONE);
        view->pager.previous_url =
            address(behind, "/rows", cursor_before(behind, start > PAGE_SIZE ? start - PAGE_SIZE : 0));
    }
    if (start + count < behind->count)
        view->pager.next_url = address(behind, "/rows", cursor_before(behind, start + count));
    return true;
}

/* Returns `Object: Storgatan 1 · Finished`; empty when all rows are selected. */
static struct str selection_text(const struct behind *behind)
{
    const struct selection *selection = &behind->selection;
    struct visit *visit = behind->visit;
    static const struct msgid *const STATES[] = {NULL, _("Finished"), _("Not finished"), _("Start known")},
                                     *const ORDER_STATES[] = {NULL, _("Finished (work order)"),
                                                              _("Not finished (work order)"), NULL};
    struct str state = visit_tr(visit, (behind->board->orders ? ORDER_STATES : STATES)[selection->state]);
    struct buf text;
    buf_init(&text, visit->arena);
    for (size_t i = 0; selection->grouped && i < behind->board->chart_count; i++) {
        if (behind->board->charts[i].by != selection->by || text.n)
            continue;
        struct str head = visit_tr(visit, behind->board->charts[i].head);
        buf_printf(&text, "%.*s: %.*s", STR_FMT(head), STR_FMT(selection->name.label));
    }
    if (state.n)
        buf_printf(&text, "%s%.*s", text.n ? " · " : "", STR_FMT(state));
    return buf_text(&text);
}

static bool fill_view(struct behind *behind, struct behind_view *view, struct err *err)
{
    struct visit *visit = behind->visit;
    struct board_form_view form = {0};
    struct buf back;
    size_t start;
    if (!board_form_fill(visit, behind->board, &behind->filter, STR_NONE, &form, err) || !find_places(behind, err) ||
        !find_start(behind, &start, err) || !behind_fill_rows(behind, start, view, err))
        return false;
    buf_init(&back, visit->arena);
    buf_str(&back, board_path(visit->arena, behind->board, ""));
    filter_params(&back, &behind->filter);
    view->board_url = buf_text(&back);
    view->title = visit_tr(visit, behind->board->rows_title);
    view->board_title = visit_tr(visit, behind->board->title);
    view->period = board_period_text(visit, &behind->filter);
    view->filters = board_filters_text(visit, &form);
    view->selection = selection_text(behind);
    view->summary = behind->board->count_text(visit, (int64_t)behind->count);
    if (behind->board->money && behind->all.valued) {
        view->sum = measure_text(visit, MEASURE_SUM, &behind->all);
        view->note = board_price_note(visit, &behind->all);
    }
    view->csv_url = address(behind, "/rows.csv", STR_NONE);
    view->xlsx_url = address(behind, "/rows.xlsx", STR_NONE);
    behind_fill_heads(behind, view);
    return true;
}

bool behind_page(struct visit *visit, struct err *err)
{
    struct behind behind;
    struct behind_view view = {0};
    if (!behind_begin(&behind, visit, err))
        return false;
    if (!filter_read(visit, behind.board->filters, &behind.filter)) /* the dashboard says what is wrong */
        return visit_redirect(visit, arena_printf(visit->arena, "%.*s?%.*s",
                                                  STR_FMT(board_path(visit->arena, behind.board, "")),
                                                  STR_FMT(visit->request->query_text)));
    if (!fill_view(&behind, &view, err))
        return false;
    page_begin(visit, view.title);
    behind_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* --- CSV and XLSX ------------------------------------------------------------------------------------------------- */

static bool write_chunk(const struct behind *behind, struct arena *arena, size_t start, enum sheet_kind kind,
                        struct sheet *sheet, struct err *err)
{
    size_t count = behind->count - start < DETAIL_CHUNK ? behind->count - start : DETAIL_CHUNK;
    int64_t ids[DETAIL_CHUNK] = {0};
    struct detail_row rows[DETAIL_CHUNK] = {{0}};
    for (size_t i = 0; i < count; i++)
        ids[i] = behind->places[start + i].id;
    if (!details_load(behind->visit, arena, behind->board, ids, count, rows, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct sheet_cell cells[DETAIL_CELLS];
        if (rows[i].details && !sheet_row(sheet, cells, details_cells(behind->board, kind, &rows[i], cells), err))
            return false;
    }
    return true;
}

static bool behind_write_sheet(struct behind *behind, enum sheet_kind kind, struct err *err)
{
    struct visit *visit = behind->visit;
    struct str heads[DETAIL_CELLS];
    size_t count = details_heads(visit, behind->board, kind, heads);
    struct sheet *sheet =
        sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, behind->board->title), err);
    if (!sheet || !sheet_head(sheet, heads, count, err))
        return false;
    struct arena *arena = arena_create();
    bool ok = true;
    for (size_t start = 0; ok && start < behind->count; start += DETAIL_CHUNK, arena_reset(arena))
        ok = write_chunk(behind, arena, start, kind, sheet, err);
    arena_destroy(arena);
    return ok && sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err);
}

static bool behind_export(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    struct behind behind;
    if (!behind_begin(&behind, visit, err))
        return false;
    if (!filter_read(visit, behind.board->filters, &behind.filter))
        return err_set(err, ERR_INVALID, _("Something in the choices must be mended. Open the dashboard to see what."),
                       "bad filter in an export");
    if (!find_places(&behind, err) || !behind_write_sheet(&behind, kind, err))
        return false;
    visit_download(visit, sheet_media_types[kind],
                   arena_printf(visit->arena, "%s.%s", behind.board->name, kind == SHEET_CSV ? "csv" : "xlsx").p);
    return true;
}

bool behind_csv(struct visit *visit, struct err *err)
{
    const struct board *board = board_find(visit->path_value[0]);
    struct str id = http_param(&visit->request->query, "chart");
    const struct chart *chart = board && id.n ? chart_find(board, id) : NULL;
    if (id.n && !chart)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such chart");
    return chart ? chart_csv(visit, board, chart, err) : behind_export(visit, SHEET_CSV, err);
}

bool behind_xlsx(struct visit *visit, struct err *err)
{
    return behind_export(visit, SHEET_XLSX, err);
}
