#include "customer/dashboards/page.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "customer/dashboards/chart.h"
#include "customer/dashboards/dashboards.html.h"

struct str board_period_text(const struct board_request *request)
{
    struct arena *arena = request->visit->arena;
    return arena_printf(arena, "%.*s – %.*s", STR_FMT(date_format(arena, request->period.from)),
                        STR_FMT(date_format(arena, request->period.to)));
}

struct str board_criteria_text(struct visit *visit, const struct list_view *form)
{
    struct buf text;
    buf_init(&text, visit->arena);
    for (size_t i = 0; i < form->criterion_count; i++) {
        const struct field *field = &form->criteria[i].field;
        for (size_t k = 0; k < field->option_count; k++) {
            if (field->options[k].selected)
                buf_printf(&text, "%s%.*s: %.*s", text.n ? " · " : "", STR_FMT(field->label),
                           STR_FMT(field->options[k].label));
        }
    }
    return buf_text(&text);
}

struct str board_price_note(struct visit *visit, const struct group *group)
{
    int64_t unpriced = group->count - group->valued;
    if (!unpriced)
        return STR_NONE;
    if (!group->valued)
        return visit_tr(visit, _("Prices are not shown to you, so the charts show the number of rows."));
    return tr_n(visit->arena, visit->view.lang,
                _("{n} row has no price that you may see. It counts, but not in the sums."),
                _("{n} rows have no price that you may see. They count, but not in the sums."), unpriced);
}

/* --- figures ------------------------------------------------------------------------------------------------------ */

/* A greater change in per cent is not shown; the two numbers say it. */
#define PERCENT_SHOWN 9999

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

/* Returns the change from the period before; empty: not known. */
static struct str change_text(struct visit *visit, enum measure_kind kind, const struct gathered *gathered,
                              const char **direction)
{
    int64_t now, before;
    enum lang lang = visit->view.lang;
    *direction = "same";
    if (!measure_value(kind, &gathered->all, &now) || !measure_value(kind, &gathered->before, &before))
        return STR_NONE;
    struct str earlier = measure_text(visit, kind, &gathered->before);
    if (now == before)
        return tr_fill(visit->arena, lang, _("as in the period before ({1})"), &earlier, 1);
    *direction = now > before ? "up" : "down";
    int64_t percent = before ? change_of(now, before) : 0;
    if (!before || percent > PERCENT_SHOWN || percent < -PERCENT_SHOWN)
        return tr_fill(visit->arena, lang, _("{1} in the period before"), &earlier, 1);
    struct str number = fmt_percent(visit->arena, lang, (percent < 0 ? -percent : percent) * (DECIMAL_ONE / 100));
    struct str parts[2] = {arena_printf(visit->arena, "%s%.*s", now > before ? "+" : "−", STR_FMT(number)), earlier};
    return tr_fill(visit->arena, lang, _("{1} against the period before ({2})"), parts, 2);
}

static void figures_write(const struct board_request *request, const struct gathered *gathered)
{
    struct visit *visit = request->visit;
    const struct selection whole = {.grouped = false};
    for (size_t i = 0; i < request->board->figure_count; i++) {
        const struct measure *measure = &request->board->figures[i];
        struct str url = STR_NONE;
        const char *direction;
        int64_t value = 0;
        bool known = measure_value(measure->kind, &gathered->all, &value);
        if (!known && measure->kind == MEASURE_SUM)
            continue;
        if (known && gathered->all.count && (measure->kind > MEASURE_ON_TIME || value))
            url = measure_url(request, measure->kind, &whole);
        struct str change = change_text(visit, measure->kind, gathered, &direction);
        board_figure_html(&visit->response->body, &visit->view, visit_tr(visit, measure->label),
                          measure_text(visit, measure->kind, &gathered->all), url, change, str_of(direction));
    }
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void fill_tabs(const struct board_request *request, struct board_view *view)
{
    struct visit *visit = request->visit;
    struct board_tab *tabs = ARENA_ARRAY(visit->arena, struct board_tab, BOARDS);
    struct str shared = board_params(request->query, request->period.from, request->period.to, CRITERION_OBJECT + 1);
    for (size_t i = 0; i < BOARDS; i++)
        tabs[i] = (struct board_tab){visit_tr(visit, boards[i]->rows->rows_title),
                                     board_address(visit->arena, boards[i], "", shared), boards[i] == request->board};
    view->tabs = tabs;
    view->tab_count = BOARDS;
}

/* Returns the address of the dashboard with the same criteria and another period, which ends today. */
static struct str period_url(const struct board_request *request, int32_t from, int32_t today)
{
    struct list_query *query = request->query;
    return board_address(request->visit->arena, request->board, "",
                         board_params(query, from, today, query->list->criterion_count));
}

static void fill_periods(const struct board_request *request, struct board_view *view)
{
    static const struct {
        const struct msgid *label;
        int months; /* 0: since the new year */
    } READY[] = {{_("1 month"), 1}, {_("3 months"), 3}, {_("12 months"), 12}, {_("This year"), 0}};
    struct visit *visit = request->visit;
    int32_t today = clock_date(visit->now_us);
    int year, month, day;
    view->period_count = sizeof READY / sizeof *READY;
    struct board_tab *tabs = ARENA_ARRAY(visit->arena, struct board_tab, view->period_count);
    date_to_civil(today, &year, &month, &day);
    for (size_t i = 0; i < view->period_count; i++) {
        int32_t from = READY[i].months ? date_add_months(today, -READY[i].months) : date_from_civil(year, 1, 1);
        tabs[i] = (struct board_tab){visit_tr(visit, READY[i].label), period_url(request, from, today),
                                     !request->faulty && request->period.from == from && request->period.to == today};
    }
    view->periods = tabs;
}

static void fill_filter(const struct board_request *request, struct board_view *view)
{
    struct visit *visit = request->visit;
    int64_t chosen = 0;
    view->criteria = board_criteria_text(visit, &view->form);
    view->filter_kept = request->faulty;
    for (size_t i = CRITERION_CUSTOMER; i < view->form.criterion_count; i++) {
        const struct criterion *one = &view->form.criteria[i];
        chosen += one->field.value.n > 0;
        view->filter_kept = view->filter_kept || one->note.n || one->field.search.n;
    }
    struct str count = fmt_int(visit->arena, visit->view.lang, chosen);
    view->filter_label =
        chosen ? tr_fill(visit->arena, visit->view.lang, _("Filter ({1})"), &count, 1) : visit_tr(visit, _("Filter"));
}

static bool board_result_write(const struct board_request *request, struct board_view *view, struct err *err)
{
    struct visit *visit = request->visit;
    struct buf *out = &visit->response->body;
    const struct board *board = request->board;
    int32_t today = clock_date(visit->now_us);
    struct gathered gathered;
    if (!gather(request, &gathered, err))
        return false;
    if (gathered.left_out)
        board_left_out_html(out, &visit->view,
                            tr_n(visit->arena, visit->view.lang,
                                 _("{n} row is left out: its times are in the wrong order."),
                                 _("{n} rows are left out: their times are in the wrong order."), gathered.left_out));
    if (!gathered.all.count) {
        board_empty_html(out, &visit->view, period_url(request, date_add_months(today, -12), today));
        return true;
    }
    board_figures_begin_html(out, &visit->view);
    figures_write(request, &gathered);
    board_figures_end_html(out, &visit->view);
    if (board->money)
        board_note_html(out, &visit->view, board_price_note(visit, &gathered.all));
    view->rows_url = board_address(visit->arena, board, "/rows", request->params);
    view->rows_csv_url = board_address(visit->arena, board, ".csv", request->params);
    view->rows_xlsx_url = board_address(visit->arena, board, ".xlsx", request->params);
    board_charts_begin_html(out, &visit->view);
    for (size_t i = 0; i < board->chart_count; i++) {
        if (!chart_write(request, &gathered, &board->charts[i], err))
            return false;
    }
    board_charts_end_html(out, &visit->view, view);
    return true;
}

bool board_page(struct visit *visit, struct err *err)
{
    struct board_request request;
    if (!board_request_read(&request, visit, err))
        return false;
    struct list_query *query = request.query;
    struct board_view view = {.portal_name = visit->config->name};
    query->link_fault = query->size_fault = NULL; /* a dashboard has no pages */
    query->faulty = request.faulty;
    if (!list_form_fill(query, &view.form, err))
        return false;
    /* The form makes numbers of customers and objects that were typed as text. */
    request.params = board_params(query, request.period.from, request.period.to, query->list->criterion_count);
    request.faulty = query->faulty;
    view.title = visit_tr(visit, query->list->rows_title);
    view.lead = visit_tr(visit, request.board->lead);
    view.printed = date_format(visit->arena, clock_date(visit->now_us));
    if (!request.faulty)
        view.period = board_period_text(&request);
    fill_filter(&request, &view);
    view.form.url = board_address(visit->arena, request.board, "", STR_NONE);
    view.form.clear_url = query->narrowed ? view.form.url : STR_NONE;
    fill_tabs(&request, &view);
    fill_periods(&request, &view);
    if (request.faulty)
        visit->response->status = 400;
    page_begin(visit, tr_fill(visit->arena, visit->view.lang, _("Dashboard: {1}"), &view.title, 1));
    board_html(&visit->response->body, &visit->view, &view);
    if (!request.faulty && !board_result_write(&request, &view, err))
        return false;
    page_end(visit);
    return true;
}
