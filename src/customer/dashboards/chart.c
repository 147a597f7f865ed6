#include "customer/dashboards/chart.h"

#include "base/decimal.h"
#include "customer/dashboards/dashboards.html.h"
#include "service/sheet.h"

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
    return kind < MEASURE_SUM ? fmt_int(visit->arena, lang, value) : fmt_duration(visit->arena, lang, value);
}

/* Returns the value as a number for charts and files; empty without a value. */
static struct str measure_number(struct arena *arena, enum measure_kind kind, const struct group *group)
{
    int64_t value;
    if (!measure_value(kind, group, &value))
        return STR_NONE;
    if (kind == MEASURE_SUM)
        return ore_format(arena, value);
    return kind < MEASURE_SUM ? arena_printf(arena, "%lld", (long long)value) : hours_format(arena, value);
}

struct str measure_url(const struct board_request *request, enum measure_kind kind, const struct selection *selection)
{
    struct arena *arena = request->visit->arena;
    struct selection counted = *selection;
    if (kind == MEASURE_FINISHED || kind == MEASURE_OPEN)
        counted.state = kind == MEASURE_OPEN ? SELECT_OPEN : SELECT_FINISHED;
    if (kind == MEASURE_WAITING || kind == MEASURE_WORKING)
        counted.state = SELECT_START_KNOWN;
    if (kind == MEASURE_ON_TIME)
        counted = (struct selection){
            .grouped = true, .by = BY_PUNCTUALITY, .name.code = str_of(code_name(&punctuality_codes, ON_TIME - 1))};
    struct buf url; /* without printf: a page has hundreds of links */
    buf_init(&url, arena);
    buf_z(&url, "/dashboards/");
    buf_z(&url, request->board->rows->name);
    buf_z(&url, "/rows");
    buf_str(&url, request->params);
    buf_str(&url, selection_params(arena, &counted));
    return buf_text(&url);
}

/*
 * Finds the measures of a chart. Leaves out sums when there is no price that the actor may see; then counts are drawn.
 */
static size_t chart_measures(struct arena *arena, const struct chart *chart, const struct gathered *gathered,
                             const struct measure **measures)
{
    struct measure *made = ARENA_ARRAY(arena, struct measure, chart->measure_count);
    size_t count = 0;
    for (size_t i = 0; i < chart->measure_count; i++) {
        int64_t sum;
        if (chart->measures[i].kind != MEASURE_SUM || measure_value(MEASURE_SUM, &gathered->all, &sum))
            made[count++] = chart->measures[i];
    }
    for (size_t i = 0; i < count; i++)
        made[i].drawn = made[i].drawn || count < chart->measure_count;
    *measures = made;
    return count;
}

/* --- the table ---------------------------------------------------------------------------------------------------- */

/* A number that counts no facts has no link. */
static void chart_row_write(const struct board_request *request, const struct measure *measures, size_t count,
                            const struct group *group, const struct selection *selection)
{
    struct visit *visit = request->visit;
    struct buf *out = &visit->response->body;
    chart_row_begin_html(out, &visit->view, selection->name.label, selection->name.url);
    for (size_t i = 0; i < count; i++) {
        enum measure_kind kind = measures[i].kind;
        struct str number = measure_number(visit->arena, kind, group), url = STR_NONE;
        int64_t counted = group->count;
        if (kind <= MEASURE_ON_TIME)
            (void)measure_value(kind, group, &counted);
        if (counted && number.n)
            url = measure_url(request, kind, selection);
        chart_cell_html(out, &visit->view, number, url, measure_text(visit, kind, group));
    }
    chart_row_end_html(out, &visit->view);
}

static const char *unit_of(const struct measure *measures, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (measures[i].drawn)
            return measures[i].kind == MEASURE_SUM ? "kr" : measures[i].kind < MEASURE_SUM ? "" : "h";
    }
    return "";
}

/* Returns `Cost per week` or `Rows by article`; without prices the charts show rows. */
static struct str chart_title(const struct board_request *request, const struct chart *chart,
                              const struct measure *measures)
{
    static const struct msgid *const PER_UNIT[] = {
        [BUCKET_WEEK] = _("{1} per week"), [BUCKET_MONTH] = _("{1} per month"), [BUCKET_YEAR] = _("{1} per year")};
    struct visit *visit = request->visit;
    const struct msgid *shown = measures[0].kind == MEASURE_SUM ? _("Cost") : _("Rows");
    struct str subject = visit_tr(visit, request->board->money ? shown : chart->title);
    return tr_fill(visit->arena, visit->view.lang,
                   chart->by == BY_TIME ? PER_UNIT[request->buckets.unit] : chart->title, &subject, 1);
}

static struct str chart_first_head(const struct board_request *request, const struct chart *chart)
{
    static const struct msgid *const UNITS[] = {
        [BUCKET_WEEK] = _("Week"), [BUCKET_MONTH] = _("Month"), [BUCKET_YEAR] = _("Year")};
    return visit_tr(request->visit, chart->by == BY_TIME ? UNITS[request->buckets.unit] : chart->head);
}

bool chart_write(const struct board_request *request, const struct gathered *gathered, const struct chart *chart,
                 struct err *err)
{
    struct visit *visit = request->visit;
    struct buf *out = &visit->response->body;
    const struct groups *groups = &gathered->by[chart->by];
    const struct measure *measures;
    size_t count = chart_measures(visit->arena, chart, gathered, &measures);
    if (chart->by == BY_OBJECT && !names_link_objects(visit, groups, err))
        return false;
    chart_begin_html(out, &visit->view, chart, str_of(unit_of(measures, count)), chart_title(request, chart, measures),
                     chart_first_head(request, chart),
                     arena_printf(visit->arena, "/dashboards/%s.csv?chart=%s&%.*s", request->board->rows->name,
                                  chart->id, STR_FMT(str_slice(request->params, 1, request->params.n))));
    for (size_t i = 0; i < count; i++)
        chart_head_html(out, &visit->view, visit_tr(visit, measures[i].label), measures[i].drawn);
    chart_body_html(out, &visit->view);
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];
        const struct selection one = {.grouped = true, .by = chart->by, .key = group->key, .name = groups->names[i]};
        chart_row_write(request, measures, count, group, &one);
    }
    chart_foot_html(out, &visit->view);
    chart_row_write(request, measures, count, &gathered->all,
                    &(struct selection){.name.label = visit_tr(visit, _("All"))});
    chart_end_html(out, &visit->view);
    return true;
}

/* --- CSV ---------------------------------------------------------------------------------------------------------- */

#define CELL_CAP 16

static bool chart_write_sheet(const struct board_request *request, const struct chart *chart,
                              const struct gathered *gathered, struct sheet *sheet, struct err *err)
{
    struct arena *arena = request->visit->arena;
    const struct groups *groups = &gathered->by[chart->by];
    const struct measure *measures;
    struct str heads[CELL_CAP];
    size_t count = chart_measures(arena, chart, gathered, &measures);
    heads[0] = str_of(dimensions[chart->by].code);
    heads[1] = arena_printf(arena, "%s_name", dimensions[chart->by].code);
    for (size_t i = 0; i < count; i++)
        heads[i + 2] = str_of(measures[i].code);
    if (!sheet_head(sheet, heads, count + 2, err))
        return false;
    for (size_t k = 0; k < groups->count; k++) {
        struct sheet_cell cells[CELL_CAP] = {{.code = groups->names[k].code}, {.code = groups->names[k].label}};
        for (size_t i = 0; i < count; i++) {
            cells[i + 2].kind = SHEET_DECIMAL;
            cells[i + 2].code = measure_number(arena, measures[i].kind, &groups->items[k]);
        }
        if (!sheet_row(sheet, cells, count + 2, err))
            return false;
    }
    return true;
}

bool chart_csv(const struct board_request *request, struct str id, struct err *err)
{
    struct visit *visit = request->visit;
    const struct board *board = request->board;
    struct gathered gathered;
    size_t at = 0;
    while (at < board->chart_count && !str_eqz(id, board->charts[at].id))
        at++;
    if (at == board->chart_count)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such chart");
    if (request->faulty)
        return err_set(err, ERR_INVALID, _("Something in the search must be corrected. Open the list to see what."),
                       "bad criteria of a chart");
    struct sheet *sheet =
        sheet_begin(visit->arena, SHEET_CSV, visit->config->data, visit_tr(visit, board->rows->rows_title), err);
    if (!sheet || !gather(request, &gathered, err) ||
        !chart_write_sheet(request, &board->charts[at], &gathered, sheet, err) ||
        !sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[SHEET_CSV],
                   arena_printf(visit->arena, "%s-%s.csv", board->rows->name, board->charts[at].id).p);
    return true;
}
