/* The page of a list. */
#include "lists/brief.html.h"
#include "lists/internal.h"
#include "lists/list.html.h"

/* --- texts and addresses around the rows -------------------------------------------------------------------------- */

static struct str clear_url(const struct list_query *query)
{
    struct str path = query->list->path ? str_of(query->list->path) : query->visit->request->path;
    return query->list->staff ? arena_printf(query->visit->arena, "%.*s?" STAFF_LIST_KEEP "=1", STR_FMT(path)) : path;
}

static void view_fill(const struct list_query *query, struct list_view *view)
{
    const struct list *list = query->list;
    struct visit *visit = query->visit;
    view->title = visit_tr(visit, list->title);
    view->rows_title = list->rows_title ? visit_tr(visit, list->rows_title) : view->title;
    view->url = list->path ? str_of(list->path) : visit->request->path;
    view->clear_url = clear_url(query);
    view->new_url = str_of(list->new_path);
    view->new_label = visit_tr(visit, list->new_label);
    view->staff = list->staff;
    view->sort = http_param(&visit->request->query, "sort");
    view->table_class = list->table_class;
}

static struct str list_counted(const struct list_query *query)
{
    const struct list *list = query->list;
    struct visit *visit = query->visit;
    if (list->beyond && query->search.count && query->total > LIST_COUNT_MAX)
        return tr_n(visit->arena, visit->view.lang, list->beyond, list->beyond, LIST_COUNT_MAX);
    return tr_n(visit->arena, visit->view.lang, list->one, list->many, query->total);
}

static void tools_fill(const struct list_query *query, struct list_view *view)
{
    const struct list *list = query->list;
    struct visit *visit = query->visit;
    view->summary = view->rows_title;
    if (list->one)
        view->summary = list_counted(query);
    if (list->sum_literal) {
        const struct str parts[] = {view->summary, fmt_money(visit->arena, visit->view.lang, query->sum)};
        view->summary = tr_fill(visit->arena, visit->view.lang, _("{1} · {2} excl. VAT"), parts, 2);
    }
    if (!list->no_files) {
        view->csv_url = list_address(query, ".csv", STR_NONE, NULL);
        view->xlsx_url = list_address(query, ".xlsx", STR_NONE, NULL);
    }
    if (list->staff)
        view->columns_url = arena_printf(visit->arena, "/staff/lists/%s", list->name);
}

static void empty_fill(const struct list_query *query, struct list_view *view)
{
    const struct list *list = query->list;
    const struct msgid *title = list->none_title, *text = list->none_text;
    view->empty_label = visit_tr(query->visit, _("Clear the search"));
    view->past_end = query->place.set;
    if (list->never && list->never(query->visit)) {
        title = list->never_title;
        text = list->never_text;
    } else if (query->unanswerable) {
        title = _("Nothing to search for");
        text = _("The search text has no letters or digits. Write at least one word or number.");
    } else if (query->narrowed) {
        title = list->match_title ? list->match_title : _("Nothing was found.");
        text = list->match_text ? list->match_text : _("Try fewer or shorter words.");
        view->empty_url = view->formless ? STR_NONE : view->clear_url;
    } else if (list->none_url) {
        view->empty_url = list->none_url(query->visit);
        view->empty_label = visit_tr(query->visit, list->none_label);
    }
    view->empty_title = visit_tr(query->visit, title ? title : _("There is nothing here yet."));
    view->empty_text = visit_tr(query->visit, text);
}

static struct list_heading heading_of(const struct list_query *query, const struct list_shown *shown)
{
    struct arena *arena = query->visit->arena;
    struct list_heading heading = {.label = shown->label, .number = shown->column.kind >= LIST_COUNT};
    for (size_t i = 0; i < query->list->order_count; i++) {
        const struct list_order *order = &query->list->orders[i];
        struct str sorts = shown->column.order ? str_of(shown->column.order) : shown->name;
        if (!order->name || !str_eqz(sorts, order->name))
            continue;
        bool current = order == query->order;
        bool down = current ? !query->descending : order->down_first;
        heading.sort_url = list_address(query, "", list_sort_text(arena, order, down), NULL);
        if (query->list->staff)
            heading.sort_url = arena_printf(arena, "%.*s&" STAFF_LIST_KEEP "=1", STR_FMT(heading.sort_url));
        heading.aria_sort = !current ? "none" : query->descending ? "descending" : "ascending";
    }
    return heading;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void list_result_head(struct list_query *query, struct list_view *view, bool any)
{
    struct visit *visit = query->visit;
    if (query->list->chip_criterion)
        brief_result_begin_html(&visit->response->body, &visit->view, view, any);
    else
        list_result_begin_html(&visit->response->body, &visit->view, view, any);
}

struct table {
    struct list_query *query;
    struct list_view *view;
    struct list_shown shown[LIST_COLUMNS_MAX];
    size_t column_count;
    int inactive_at; /* after the keys of the order */
    struct buf *out;
    struct buf back; /* when reading backwards, rows are written here first */
    size_t *ends;    /* where each of these rows ends */
    size_t row_count;
    int64_t sum;                   /* of the last column, if list_summed */
    bool more;                     /* there are rows after the last one read */
    struct list_place first, last; /* in the order they were read */
};

static bool table_begin(struct table *table, struct err *err)
{
    const struct view *v = &table->query->visit->view;
    const struct list *list = table->query->list;
    list_result_head(table->query, table->view, true);
    if (list->around && !list->around(table->query, true, err))
        return false;
    list_table_begin_html(table->out, v, table->view);
    for (size_t i = 0; i < table->column_count; i++) {
        struct list_heading heading = heading_of(table->query, &table->shown[i]);
        if (table->shown[i].column.own_head)
            table->shown[i].column.own_head(table->out, v);
        else
            list_heading_html(table->out, v, &heading);
    }
    list_table_rows_html(table->out, v);
    return true;
}

static bool row_add(struct table *table, const struct db_rows *rows, struct err *err)
{
    bool backwards = table->query->place.backwards;
    if (!table->row_count && !table_begin(table, err))
        return false;
    list_row_write(table->query, backwards ? &table->back : table->out, table->shown, table->column_count, rows,
                   table->inactive_at);
    if (backwards)
        table->ends[table->row_count] = table->back.n;
    if (list_summed(table->query, table->shown, table->column_count))
        table->sum += db_int(rows, table->shown[table->column_count - 1].at);
    if (!table->row_count++)
        list_place_read(table->query, rows, &table->first);
    if (table->row_count == (size_t)table->query->page_size)
        list_place_read(table->query, rows, &table->last);
    return true;
}

static bool rows_read(struct table *table, struct err *err)
{
    size_t size = table->query->list->whole ? SIZE_MAX : (size_t)table->query->page_size;
    int64_t limit = table->query->list->whole ? 0 : (int64_t)size + 1;
    bool nothing = false, ok = true;
    struct db_rows *rows = list_rows(table->query, table->shown, table->column_count, limit, &nothing, err);
    if (nothing)
        return true;
    while (ok && db_next(rows)) {
        table->more = table->row_count == size;
        if (table->more)
            break;
        ok = row_add(table, rows, err);
    }
    struct err ended = {.kind = ERR_NONE};
    bool done = db_done(rows, ok ? err : &ended);
    return ok && done;
}

static void rows_turn(struct table *table)
{
    for (size_t i = table->query->place.backwards ? table->row_count : 0; i > 0; i--) {
        size_t begin = i > 1 ? table->ends[i - 2] : 0;
        buf_add(table->out, table->back.p + begin, table->ends[i - 1] - begin);
    }
}

/* Returns `Page 2 of 14`; the number of pages is left out when the rows are not all counted. */
static struct str page_text(const struct list_query *query)
{
    struct visit *visit = query->visit;
    int64_t pages = (query->total + query->page_size - 1) / query->page_size;
    struct str numbers[] = {fmt_int(visit->arena, visit->view.lang, query->page),
                            fmt_int(visit->arena, visit->view.lang, pages)};
    bool counted = !(query->list->beyond && query->search.count && query->total > LIST_COUNT_MAX);
    if (!query->list->one || query->list->whole || (pages < 2 && query->page == 1))
        return STR_NONE;
    return tr_fill(visit->arena, visit->view.lang,
                   counted && query->page <= pages ? _("Page {1} of {2}") : _("Page {1}"), numbers, 2);
}

/* When reading backwards, the row that was read first is the last of the page. */
static void pager_fill(const struct table *table, struct pager *pager)
{
    struct list_query *query = table->query;
    bool backwards = query->place.backwards;
    bool previous = backwards ? table->more : query->place.set, next = backwards || table->more;
    struct list_place top = backwards ? table->last : table->first, bottom = backwards ? table->first : table->last;
    pager->total = query->list->one ? query->total : (int64_t)table->row_count + query->place.set;
    if (query->place.set)
        pager->first_url = list_address(query, "", STR_NONE, NULL);
    top.backwards = true;
    bottom.backwards = false;
    if (table->row_count && previous)
        pager->previous_url = list_address(query, "", STR_NONE, &top);
    pager->page = page_text(query);
    if (table->row_count && next)
        pager->next_url = list_address(query, "", STR_NONE, &bottom);
}

static bool result_write(struct list_query *query, struct list_view *view, struct err *err)
{
    struct visit *visit = query->visit;
    struct table *table = ARENA_NEW(visit->arena, struct table);
    struct buf *out = table->out = &visit->response->body;
    table->query = query;
    table->view = view;
    table->column_count = list_columns_shown(visit, query->list, table->shown);
    while (table->inactive_at < LIST_KEYS && query->order->keys[table->inactive_at].literal)
        table->inactive_at++;
    list_cells_prepare(visit, table->shown, table->column_count);
    if (query->place.backwards) {
        buf_init(&table->back, visit->arena);
        table->ends = ARENA_ARRAY(visit->arena, size_t, (size_t)query->page_size);
    }
    if (!rows_read(table, err))
        return false;
    if (table->row_count) {
        rows_turn(table);
        if (list_summed(query, table->shown, table->column_count))
            list_table_sum_html(out, &visit->view, (int64_t)table->column_count - 1, table->sum);
        else
            list_table_end_html(out, &visit->view);
        if (query->list->around && !query->list->around(query, false, err))
            return false;
    } else {
        empty_fill(query, view);
        list_result_head(query, view, false);
        list_empty_html(out, &visit->view, view);
    }
    pager_fill(table, &view->pager);
    list_result_end_html(out, &visit->view, view);
    return true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

/* The user's columns are read before the page begins, because only one result can be open at a time. */
static bool list_write(struct list_query *query, struct list_view *view, struct err *err)
{
    struct visit *visit = query->visit;
    const struct list *list = query->list;
    if (list->begin) {
        if (!list->begin(query, err))
            return false;
    } else if (list->chip_criterion) {
        page_begin(visit, view->title);
        brief_begin_html(&visit->response->body, &visit->view, view);
    } else {
        page_begin(visit, view->title);
        list_head_html(&visit->response->body, &visit->view, view);
    }
    if (list->before && !list->before(query, err))
        return false;
    if (!list->chip_criterion)
        list_form_html(&visit->response->body, &visit->view, view);
    if (!query->faulty && !result_write(query, view, err))
        return false;
    if (list->chip_criterion)
        brief_end_html(&visit->response->body, &visit->view);
    return !list->after || list->after(query, err);
}

bool list_show(struct visit *visit, const struct list *list, const void *context, struct err *err)
{
    struct list_query *query = ARENA_NEW(visit->arena, struct list_query);
    struct list_view *view = ARENA_NEW(visit->arena, struct list_view);
    query->context = context;
    query->view = view;
    (void)list_query_read(query, visit, list);
    view_fill(query, view);
    if (!list_form_fill(query, view, err))
        return false;
    view->narrowed = query->narrowed;
    view->printed = date_format(query->visit->arena, clock_date(query->visit->now_us));
    if (!query->faulty && list->one && !list_count(query, err))
        return false;
    tools_fill(query, view);
    if (list->chip_criterion && !list_brief_fill(query, view, err))
        return false;
    if (list->summary && !query->faulty)
        view->summary = list->summary(query, view->summary);
    if (list->staff && !query->faulty) {
        struct str url = list_address(query, "", STR_NONE, NULL);
        staff_list_keep(visit, list->name, url);
    }
    if (list->returned_to && !query->faulty)
        list_result_keep(query);
    if (query->faulty)
        visit->response->status = 400;
    if (!list_write(query, view, err))
        return false;
    page_end(visit);
    return true;
}

bool list_page(struct visit *visit, const struct list *list, struct err *err)
{
    bool resumed = false;
    if (list->staff && (!staff_list_resume(visit, list->name, &resumed, err) || resumed))
        return resumed;
    return list_show(visit, list, NULL, err);
}
