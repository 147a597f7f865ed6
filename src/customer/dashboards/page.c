#include "customer/dashboards/page.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "customer/dashboards/chart.h"
#include "customer/dashboards/dashboards.html.h"

/* --- the filter form ---------------------------------------------------------------------------------------------- */

/* Returns the address with the same filters and another period. */
static struct str period_url(struct visit *visit, const struct filter *filter, struct str path, int32_t from,
                             int32_t to)
{
    struct filter other = *filter;
    struct buf url;
    other.period.from = from;
    other.period.to = to;
    buf_init(&url, visit->arena);
    buf_str(&url, path);
    filter_params(&url, &other);
    return buf_text(&url);
}

static void fill_periods(struct visit *visit, const struct filter *filter, struct str path,
                         struct board_form_view *form)
{
    static const struct {
        const struct msgid *label;
        int months;
    } READY[] = {{_("1 month"), 1}, {_("3 months"), 3}, {_("12 months"), 12}};
    int32_t today = clock_date(visit->now_us);
    int year, month, day;
    struct board_tab *tabs = ARENA_ARRAY(visit->arena, struct board_tab, 4);
    date_to_civil(today, &year, &month, &day);
    for (int i = 0; i < 4; i++) {
        int32_t from = i < 3 ? date_add_months(today, -READY[i].months) : date_from_civil(year, 1, 1);
        tabs[i] = (struct board_tab){visit_tr(visit, i < 3 ? READY[i].label : _("This year")),
                                     period_url(visit, filter, path, from, today),
                                     !filter->period.from_fault && !filter->period.to_fault &&
                                         filter->period.from == from && filter->period.to == today};
    }
    form->periods = tabs;
    form->period_count = 4;
}

bool board_form_fill(struct visit *visit, const struct board *board, struct filter *filter, struct str path,
                     struct board_form_view *form, struct err *err)
{
    struct criterion *criteria;
    struct field *fields;
    (void)board;
    if (!filter_form(visit, filter, &criteria, &fields, &form->count, err))
        return false;
    form->action = path;
    form->criteria = criteria;
    form->fields = fields;
    fill_periods(visit, filter, path, form);
    if (filter_any(filter) || filter->period.from_text.n || filter->period.to_text.n)
        form->clear_url = path;
    return true;
}

struct str board_period_text(struct visit *visit, const struct filter *filter)
{
    return arena_printf(visit->arena, "%.*s – %.*s", STR_FMT(date_format(visit->arena, filter->period.from)),
                        STR_FMT(date_format(visit->arena, filter->period.to)));
}

static struct str chosen_text(const struct criterion *one)
{
    for (size_t i = 0; i < one->field.option_count; i++) {
        if (one->field.options[i].selected)
            return one->field.options[i].label;
    }
    return STR_NONE;
}

struct str board_filters_text(struct visit *visit, const struct board_form_view *form)
{
    struct buf text;
    buf_init(&text, visit->arena);
    for (size_t i = 0; i < form->count; i++) {
        struct str chosen = chosen_text(&form->criteria[i]);
        if (!chosen.n)
            continue;
        buf_z(&text, text.n ? " · " : "");
        buf_printf(&text, "%.*s: %.*s", STR_FMT(form->criteria[i].field.label), STR_FMT(chosen));
    }
    return buf_text(&text);
}

/* --- figures ------------------------------------------------------------------------------------------------------ */

/* A change of more per cent than this is shown by the two numbers only. */
#define PERCENT_TOLD 9999

/* Returns the change in per cent, rounded half away from zero; before is not 0. */
static int64_t change_of(int64_t now, int64_t before)
{
    while (now > INT64_MAX / 4000 || now < INT64_MIN / 4000 || before > INT64_MAX / 4000 || before < INT64_MIN / 4000) {
        now /= 1000;
        before /= 1000;
    }
    int64_t base = before < 0 ? -before : before ? before : 1;
    int64_t tenths = (now - before) * 1000 / base;
    return (tenths + (tenths < 0 ? -5 : 5)) / 10;
}

static void fill_change(struct visit *visit, enum measure_kind kind, const struct gathered *gathered,
                        struct figure_view *figure)
{
    int64_t now, before;
    enum lang lang = visit->view.lang;
    figure->direction = "same";
    if (!measure_value(kind, &gathered->all, &now) || !measure_value(kind, &gathered->before, &before))
        return;
    struct str earlier = measure_text(visit, kind, &gathered->before);
    if (now == before) {
        figure->change = tr_fill(visit->arena, lang, _("as in the period before ({1})"), &earlier, 1);
        return;
    }
    figure->direction = now > before ? "up" : "down";
    int64_t percent = before ? change_of(now, before) : 0;
    if (!before || percent > PERCENT_TOLD || percent < -PERCENT_TOLD) {
        figure->change = tr_fill(visit->arena, lang, _("{1} in the period before"), &earlier, 1);
        return;
    }
    struct str number = fmt_percent(visit->arena, lang, (percent < 0 ? -percent : percent) * (DECIMAL_ONE / 100));
    struct str parts[2] = {arena_printf(visit->arena, "%s%.*s", now > before ? "+" : "−", STR_FMT(number)), earlier};
    figure->change = tr_fill(visit->arena, lang, _("{1} against the period before ({2})"), parts, 2);
}

static void fill_figures(struct visit *visit, const struct board *board, const struct filter *filter,
                         const struct gathered *gathered, struct board_view *view)
{
    struct figure_view *figures = ARENA_ARRAY(visit->arena, struct figure_view, board->figure_count);
    const struct selection whole = {.grouped = false};
    for (size_t i = 0; i < board->figure_count; i++) {
        const struct measure *measure = &board->figures[i];
        int64_t value = 0;
        bool told = measure_value(measure->kind, &gathered->all, &value);
        if (!told && measure->kind == MEASURE_SUM)
            continue;
        struct figure_view *figure = &figures[view->figure_count++];
        figure->label = visit_tr(visit, measure->label);
        figure->value = measure_text(visit, measure->kind, &gathered->all);
        if (told && gathered->all.count && (measure->kind > MEASURE_ON_TIME || value))
            figure->url = measure_url(visit, board, filter, measure->kind, &whole);
        fill_change(visit, measure->kind, gathered, figure);
    }
    view->figures = figures;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void fill_tabs(struct visit *visit, const struct board *current, const struct filter *filter,
                      struct board_view *view)
{
    struct board_tab *tabs = ARENA_ARRAY(visit->arena, struct board_tab, 4);
    struct filter kept = {.period = filter->period, .customer = filter->customer, .object = filter->object};
    for (size_t i = 0; i < 4; i++) {
        struct buf url;
        buf_init(&url, visit->arena);
        buf_str(&url, board_path(visit->arena, boards[i], ""));
        filter_params(&url, &kept);
        tabs[i] = (struct board_tab){visit_tr(visit, boards[i]->title), buf_text(&url), boards[i] == current};
    }
    view->tabs = tabs;
    view->tab_count = 4;
}

static struct str rows_url(struct visit *visit, const struct board *board, const struct filter *filter,
                           const char *behind)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_str(&url, board_path(visit->arena, board, behind));
    filter_params(&url, filter);
    return buf_text(&url);
}

static bool fill_charts(struct visit *visit, const struct board *board, const struct filter *filter,
                        const struct gathered *gathered, struct board_view *view, struct err *err)
{
    struct chart_view *charts = ARENA_ARRAY(visit->arena, struct chart_view, board->chart_count);
    for (size_t i = 0; i < board->chart_count; i++) {
        if (!chart_fill(visit, board, filter, gathered, &board->charts[i], &charts[i], err))
            return false;
    }
    view->charts = charts;
    view->chart_count = board->chart_count;
    return true;
}

struct str board_price_note(struct visit *visit, const struct group *group)
{
    int64_t unpriced = group->count - group->valued;
    if (!unpriced)
        return STR_NONE;
    return tr_n(visit->arena, visit->view.lang,
                _("{n} row has no price that you may see. It counts, but not in the sums."),
                _("{n} rows have no price that you may see. They count, but not in the sums."), unpriced);
}

static struct str left_out_note(struct visit *visit, int64_t count)
{
    if (!count)
        return STR_NONE;
    return tr_n(visit->arena, visit->view.lang, _("{n} row is left out: its times are in the wrong order."),
                _("{n} rows are left out: their times are in the wrong order."), count);
}

static bool dashboards_page_fill_result(struct visit *visit, const struct board *board, const struct filter *filter,
                                        struct board_view *view, struct err *err)
{
    struct gathered gathered;
    struct str path = board_path(visit->arena, board, "");
    int32_t today = clock_date(visit->now_us);
    if (!gather(visit, board, filter, &gathered, err))
        return false;
    fill_figures(visit, board, filter, &gathered, view);
    view->left_out = left_out_note(visit, gathered.left_out);
    view->empty = !gathered.all.count;
    if (view->empty) {
        view->longer_url = period_url(visit, filter, path, date_add_months(today, -12), today);
        return true;
    }
    if (board->money)
        view->note = board_price_note(visit, &gathered.all);
    view->rows_url = rows_url(visit, board, filter, "/rows");
    view->rows_csv_url = rows_url(visit, board, filter, ".csv");
    view->rows_xlsx_url = rows_url(visit, board, filter, ".xlsx");
    return fill_charts(visit, board, filter, &gathered, view, err);
}

bool board_page(struct visit *visit, struct err *err)
{
    const struct board *board = board_find(visit->path_value[0]);
    struct board_view view = {.portal_name = visit->config->name};
    struct filter filter;
    if (!board)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such dashboard");
    view.faulty = !filter_read(visit, board->filters, &filter);
    if (!board_form_fill(visit, board, &filter, board_path(visit->arena, board, ""), &view.form, err))
        return false;
    view.faulty = view.faulty || fields_refused(view.form.fields, view.form.count);
    if (!view.faulty && !dashboards_page_fill_result(visit, board, &filter, &view, err))
        return false;
    if (view.faulty)
        visit->response->status = 400;
    view.title = visit_tr(visit, board->title);
    view.lead = visit_tr(visit, board->lead);
    view.period = board_period_text(visit, &filter);
    view.filters = board_filters_text(visit, &view.form);
    view.printed = date_format(visit->arena, clock_date(visit->now_us));
    fill_tabs(visit, board, &filter, &view);
    page_begin(visit, tr_fill(visit->arena, visit->view.lang, _("Dashboard: {1}"), &view.title, 1));
    board_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
