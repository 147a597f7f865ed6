#include "customer/dashboards/chart.h"

#include "base/decimal.h"
#include "service/sheet.h"

const struct chart *chart_find(const struct board *board, struct str id)
{
    for (size_t i = 0; i < board->chart_count; i++) {
        if (str_eqz(id, board->charts[i].id))
            return &board->charts[i];
    }
    return NULL;
}

/* --- measures ----------------------------------------------------------------------------------------------------- */

bool measure_value(enum measure_kind kind, const struct group *group, int64_t *value)
{
    switch (kind) {
    case MEASURE_COUNT:
        *value = group->count;
        return true;
    case MEASURE_FINISHED:
        *value = group->finished;
        return true;
    case MEASURE_OPEN:
        *value = group->count - group->finished;
        return true;
    case MEASURE_ON_TIME:
        *value = group->on_time;
        return true;
    case MEASURE_SUM:
        *value = group->value;
        return group->valued || !group->count;
    case MEASURE_MEDIAN:
    case MEASURE_MEAN:
    case MEASURE_P90:
    case MEASURE_WAITING:
    case MEASURE_WORKING:
    case MEASURE_COUNT_OF_KINDS:
        break;
    }
    *value = group->stat[kind];
    return group->count && *value != NO_STAT;
}

struct str measure_text(struct visit *visit, enum measure_kind kind, const struct group *group)
{
    enum lang lang = visit->view.lang;
    int64_t value;
    if (!measure_value(kind, group, &value))
        return STR("–");
    if (kind == MEASURE_SUM)
        return fmt_money(visit->arena, lang, value);
    return kind < MEASURE_SUM ? fmt_int(visit->arena, lang, value) : duration_text(visit->arena, lang, value);
}

struct str measure_number(struct arena *arena, enum measure_kind kind, const struct group *group)
{
    int64_t value;
    if (!measure_value(kind, group, &value))
        return STR_NONE;
    if (kind == MEASURE_SUM)
        return ore_format(arena, value);
    return kind < MEASURE_SUM ? arena_printf(arena, "%lld", (long long)value) : duration_hours(arena, value);
}

struct str measure_url(struct visit *visit, const struct board *board, const struct filter *filter,
                       enum measure_kind kind, const struct selection *selection)
{
    struct selection behind = *selection;
    struct buf url;
    if (kind == MEASURE_FINISHED || kind == MEASURE_OPEN)
        behind.state = kind == MEASURE_OPEN ? SELECT_OPEN : SELECT_FINISHED;
    if (kind == MEASURE_WAITING || kind == MEASURE_WORKING)
        behind.state = SELECT_START_KNOWN;
    if (kind == MEASURE_ON_TIME)
        behind = (struct selection){.grouped = true,
                                    .by = BY_PUNCTUALITY,
                                    .key = ON_TIME,
                                    .name = {.code = str_of(punctuality_codes[ON_TIME])}};
    buf_init(&url, visit->arena);
    buf_str(&url, board_path(visit->arena, board, "/rows"));
    filter_params(&url, filter);
    selection_params(&url, &behind);
    return buf_text(&url);
}

size_t chart_measures(struct arena *arena, const struct chart *chart, const struct gathered *gathered,
                      const struct measure **measures)
{
    struct measure *made = ARENA_ARRAY(arena, struct measure, chart->measure_count);
    size_t count = 0;
    bool unpriced = false;
    for (size_t i = 0; i < chart->measure_count; i++) {
        int64_t sum;
        made[count] = chart->measures[i];
        if (made[count].kind == MEASURE_SUM && !measure_value(MEASURE_SUM, &gathered->all, &sum))
            unpriced = true;
        else
            count++;
    }
    for (size_t i = 0; i < count; i++)
        made[i].drawn = made[i].drawn || unpriced; /* counts are drawn when sums cannot be shown */
    *measures = made;
    return count;
}

/* --- the table ---------------------------------------------------------------------------------------------------- */

struct table {
    struct visit *visit;
    const struct board *board;
    const struct filter *filter;
    const struct measure *measures;
    size_t measure_count;
};

/* A number that counts no facts has no link. */
static struct chart_cell_view chart_cell_of(const struct table *table, const struct measure *measure,
                                            const struct group *group, const struct selection *selection)
{
    struct visit *visit = table->visit;
    int64_t counted = group->count;
    struct chart_cell_view cell = {.text = measure_text(visit, measure->kind, group),
                                   .value = measure_number(visit->arena, measure->kind, group)};
    if (measure->kind <= MEASURE_ON_TIME)
        (void)measure_value(measure->kind, group, &counted);
    if (counted && cell.value.n)
        cell.url = measure_url(visit, table->board, table->filter, measure->kind, selection);
    return cell;
}

static struct chart_row_view chart_row_of(const struct table *table, const struct group *group, struct str label,
                                          const struct selection *selection)
{
    struct chart_cell_view *cells = ARENA_ARRAY(table->visit->arena, struct chart_cell_view, table->measure_count);
    for (size_t i = 0; i < table->measure_count; i++)
        cells[i] = chart_cell_of(table, &table->measures[i], group, selection);
    return (struct chart_row_view){label, cells, table->measure_count};
}

static void chart_fill_heads(const struct table *table, struct chart_view *view)
{
    struct chart_head_view *heads = ARENA_ARRAY(table->visit->arena, struct chart_head_view, table->measure_count);
    for (size_t i = 0; i < table->measure_count; i++)
        heads[i] = (struct chart_head_view){visit_tr(table->visit, table->measures[i].label), table->measures[i].drawn};
    view->heads = heads;
    view->head_count = table->measure_count;
}

static const char *unit_of(const struct measure *measures, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (measures[i].drawn)
            return measures[i].kind == MEASURE_SUM ? "kr" : measures[i].kind < MEASURE_SUM ? "" : "h";
    }
    return "";
}

static struct str csv_url(struct visit *visit, const struct board *board, const struct filter *filter,
                          const struct chart *chart)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_str(&url, board_path(visit->arena, board, ".csv"));
    filter_param(&url, "chart", str_of(chart->id));
    filter_params(&url, filter);
    return buf_text(&url);
}

bool chart_fill(struct visit *visit, const struct board *board, const struct filter *filter,
                const struct gathered *gathered, const struct chart *chart, struct chart_view *view, struct err *err)
{
    const struct groups *groups = &gathered->by[chart->by];
    struct table table = {visit, board, filter, NULL, 0};
    struct selection whole = {.grouped = false};
    struct group_name *names;
    table.measure_count = chart_measures(visit->arena, chart, gathered, &table.measures);
    if (!names_load(visit, board, chart->by, &gathered->buckets, groups, &names, err))
        return false;
    struct chart_row_view *rows = ARENA_ARRAY(visit->arena, struct chart_row_view, groups->count);
    for (size_t i = 0; i < groups->count; i++) {
        struct selection one = {.grouped = true, .by = chart->by, .key = groups->items[i].key, .name = names[i]};
        rows[i] = chart_row_of(&table, &groups->items[i], names[i].label, &one);
    }
    *view = (struct chart_view){.id = chart->id,
                                .kind = chart->kind,
                                .unit = unit_of(table.measures, table.measure_count),
                                .title = visit_tr(visit, chart->title),
                                .head = visit_tr(visit, chart->head),
                                .csv_url = csv_url(visit, board, filter, chart),
                                .rows = rows,
                                .row_count = groups->count,
                                .sum = chart_row_of(&table, &gathered->all, visit_tr(visit, _("All")), &whole)};
    chart_fill_heads(&table, view);
    return true;
}

/* --- CSV ---------------------------------------------------------------------------------------------------------- */

#define CELL_CAP 16

static bool write_chart(struct visit *visit, const struct board *board, const struct chart *chart,
                        const struct gathered *gathered, struct sheet *sheet, struct err *err)
{
    const struct groups *groups = &gathered->by[chart->by];
    const struct measure *measures;
    struct group_name *names;
    struct str heads[CELL_CAP];
    size_t count = chart_measures(visit->arena, chart, gathered, &measures);
    heads[0] = str_of(dimension_codes[chart->by]);
    heads[1] = arena_printf(visit->arena, "%s_name", dimension_codes[chart->by]);
    for (size_t i = 0; i < count; i++)
        heads[i + 2] = str_of(measures[i].code);
    if (!sheet_head(sheet, heads, count + 2, err) ||
        !names_load(visit, board, chart->by, &gathered->buckets, groups, &names, err))
        return false;
    for (size_t k = 0; k < groups->count; k++) {
        struct sheet_cell cells[CELL_CAP] = {{.code = names[k].code}, {.code = names[k].label}};
        for (size_t i = 0; i < count; i++) {
            cells[i + 2].kind = SHEET_DECIMAL;
            cells[i + 2].code = measure_number(visit->arena, measures[i].kind, &groups->items[k]);
        }
        if (!sheet_row(sheet, cells, count + 2, err))
            return false;
    }
    return true;
}

bool chart_csv(struct visit *visit, const struct board *board, const struct chart *chart, struct err *err)
{
    struct filter filter;
    struct gathered gathered;
    if (!filter_read(visit, board->filters, &filter))
        return err_set(err, ERR_INVALID, _("Something in the choices must be mended. Open the dashboard to see what."),
                       "bad filter in an export");
    struct sheet *sheet = sheet_begin(visit->arena, SHEET_CSV, visit->config->data, visit_tr(visit, board->title), err);
    if (!sheet || !gather(visit, board, &filter, &gathered, err) ||
        !write_chart(visit, board, chart, &gathered, sheet, err) ||
        !sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[SHEET_CSV],
                   arena_printf(visit->arena, "%s-%s.csv", board->name, chart->id).p);
    return true;
}
