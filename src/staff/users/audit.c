/* /staff/audit: what people did. */
#include "service/audit.h"
#include "base/clock.h"
#include "service/sheet.h"
#include "staff/users/audit_events.h"
#include "staff/users/pages.h"
#include "staff/users/users.html.h"
#include "staff/users/views.h"

#define PAGE_SIZE 100
#define DEFAULT_DAYS 30

struct audit_query {
    struct str q, from_text, to_text;
    int32_t from, to;
    const char *from_fault, *to_fault;
    int64_t before; /* id of the last row of the page before; 0: the newest */
};

static const char *read_date(struct str text, int32_t *date)
{
    if (!text.n || date_parse_bound(text, date))
        return NULL;
    return _("Write the date as year-month-day, for example 2026-03-31.");
}

static bool read_query(struct visit *visit, struct audit_query *query)
{
    const struct http_params *params = &visit->request->query;
    *query = (struct audit_query){.q = str_trim(http_param(params, "q")),
                                  .from_text = str_trim(http_param(params, "from")),
                                  .to_text = str_trim(http_param(params, "to")),
                                  .to = clock_date(visit->now_us)};
    query->to_fault = read_date(query->to_text, &query->to);
    query->from = query->to - DEFAULT_DAYS;
    query->from_fault = read_date(query->from_text, &query->from);
    if (!query->to_fault && query->from > query->to)
        query->to_fault = _("The last day is before the first.");
    struct str after = http_param(params, "after");
    bool placed = !after.n || str_to_int(after, &query->before);
    return !query->from_fault && !query->to_fault && placed;
}

static void add_contains(struct sql *sql, struct str word)
{
    sql_put(sql, " COLLATE \"sv-natural\") LIKE lower(? COLLATE \"sv-natural\") ESCAPE '\\'", SQL_CONTAINING(word));
}

/* What is shown in the words of people is found by them as by its code name. The engine looks through the texts once, not for each row. */
static void add_word(struct sql *sql, enum lang lang, struct str word)
{
    sql_put(sql,
            " AND (lower((who || ' ' || action || ' ' || subject || ' ' || detail || ' ' || client"
            " || CASE WHEN kind = 'system' AND who = '" AUDIT_COMMAND_LINE "' THEN ' ' || ? ELSE '' END)",
            DB_TEXT(audit_who_text(lang, STR("system"), STR(AUDIT_COMMAND_LINE))));
    add_contains(sql, word);
    sql_put(sql, " OR action IN (SELECT told.column1 FROM ");
    audit_event_values(sql, lang);
    sql_put(sql, " AS told WHERE lower(told.column2");
    add_contains(sql, word);
    sql_put(sql, "))");
}

static void add_query(struct sql *sql, struct visit *visit, const struct audit_query *query, int64_t limit)
{
    struct str rest = query->q, word;
    size_t words = 0;
    *sql = sql_start(visit->arena,
                     "SELECT id, at, kind, who, action, subject, detail, client FROM audit WHERE at >= ? AND at < ?",
                     DB_INT(clock_day_start(query->from)), DB_INT(clock_day_start(query->to + 1)));
    if (query->before)
        sql_put(sql, " AND id < ?", DB_INT(query->before));
    while (sql_word(&rest, &words, &word))
        add_word(sql, visit->view.lang, word);
    sql_put(sql, " ORDER BY id DESC LIMIT ?", DB_INT(limit));
}

/* --- the page ------------------------------------------------------------------------------------------------------------------------- */

static struct str address(struct visit *visit, const struct audit_query *query, const char *path, int64_t after)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_z(&url, path);
    buf_z(&url, "?from=");
    buf_str(&url, date_format(visit->arena, query->from));
    buf_z(&url, "&to=");
    buf_str(&url, date_format(visit->arena, query->to));
    buf_z(&url, "&q=");
    buf_url_part(&url, query->q);
    if (after)
        buf_printf(&url, "&after=%lld", (long long)after);
    return buf_text(&url);
}

static struct audit_row_view read_row(struct visit *visit, const struct db_rows *rows)
{
    enum lang lang = visit->view.lang;
    struct str who = db_text_copy(rows, 3, visit->arena), action = db_text_copy(rows, 4, visit->arena);
    return (struct audit_row_view){
        .at = fmt_instant(visit->arena, lang, db_int(rows, 1)),
        .machine = instant_format_utc(visit->arena, db_int(rows, 1)),
        .who = audit_who_text(lang, db_text(rows, 2), who),
        .event = audit_event_text(lang, action),
        .action = action,
        .subject = db_text_copy(rows, 5, visit->arena),
        .detail = db_text_copy(rows, 6, visit->arena),
        .client = db_text_copy(rows, 7, visit->arena),
    };
}

static bool load_page(struct visit *visit, const struct audit_query *query, struct audit_view *view, struct err *err)
{
    struct audit_row_view *made = ARENA_ARRAY(visit->arena, struct audit_row_view, PAGE_SIZE);
    struct sql sql;
    int64_t last = 0;
    bool more = false;
    add_query(&sql, visit, query, PAGE_SIZE + 1);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (rows && db_next(rows)) {
        more = view->row_count == PAGE_SIZE;
        if (more)
            continue;
        made[view->row_count++] = read_row(visit, rows);
        last = db_int(rows, 0);
    }
    view->rows = made;
    view->pager.total = (int64_t)view->row_count;
    if (more)
        view->pager.next_url = address(visit, query, "/staff/audit", last);
    if (query->before)
        view->pager.first_url = address(visit, query, "/staff/audit", 0);
    return db_done(rows, err);
}

static void fill_form(struct visit *visit, const struct audit_query *query, struct audit_view *view)
{
    struct criterion *criteria = ARENA_ARRAY(visit->arena, struct criterion, 3);
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, 3);
    criteria[0].field = (struct field){.name = STR("q"),
                                       .label = visit_tr(visit, _("Words")),
                                       .value = query->q,
                                       .type = "search",
                                       .hint = visit_tr(visit, _("User, action, what it was done to, address."))};
    criteria[1].kind = criteria[2].kind = CRITERION_DATE;
    criteria[1].field =
        (struct field){.name = STR("from"),
                       .label = visit_tr(visit, _("From")),
                       .type = "date",
                       .value = query->from_fault ? query->from_text : date_format(visit->arena, query->from),
                       .error = visit_tr(visit, query->from_fault)};
    criteria[2].field = (struct field){.name = STR("to"),
                                       .label = visit_tr(visit, _("To")),
                                       .type = "date",
                                       .value = query->to_fault ? query->to_text : date_format(visit->arena, query->to),
                                       .error = visit_tr(visit, query->to_fault)};
    for (int i = 0; i < 3; i++)
        fields[i] = criteria[i].field;
    view->criteria = criteria;
    view->fields = fields;
    view->criterion_count = 3;
}

bool audit_page(struct visit *visit, struct err *err)
{
    struct audit_query query;
    struct audit_view view = {.faulty = !read_query(visit, &query)};
    fill_form(visit, &query, &view);
    if (view.faulty)
        visit->response->status = 400;
    else if (!load_page(visit, &query, &view, err))
        return false;
    view.csv_url = address(visit, &query, "/staff/audit.csv", 0);
    view.xlsx_url = address(visit, &query, "/staff/audit.xlsx", 0);
    page_begin(visit, visit_tr(visit, _("Audit")));
    audit_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* --- to take away ----------------------------------------------------------------------------------------------------------------------- */

#define EXPORT_MAX 1000000
#define COLUMNS 7

static void fill_cells(enum lang lang, const struct db_rows *rows, struct arena *arena, struct sheet_cell *cells)
{
    cells[0] = (struct sheet_cell){
        .kind = SHEET_INSTANT, .code = instant_format_utc(arena, db_int(rows, 1)), .value = db_int(rows, 1)};
    for (int i = 1; i < COLUMNS; i++)
        cells[i] = (struct sheet_cell){.kind = SHEET_TEXT, .code = db_text(rows, i + 1), .text = db_text(rows, i + 1)};
    cells[2].text = audit_who_text(lang, cells[1].code, cells[2].code);
    cells[3].text = audit_event_text(lang, cells[3].code);
}

static bool write_rows(struct visit *visit, const struct audit_query *query, struct sheet *sheet, struct err *err)
{
    struct arena *arena = arena_create();
    struct sql sql;
    bool ok = true;
    add_query(&sql, visit, query, EXPORT_MAX);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (ok && rows && db_next(rows)) {
        struct sheet_cell cells[COLUMNS];
        fill_cells(visit->view.lang, rows, arena, cells);
        ok = sheet_row(sheet, cells, COLUMNS, err);
        arena_reset(arena);
    }
    arena_destroy(arena);
    struct err ended = {.kind = ERR_NONE};
    bool done = db_done(rows, ok ? err : &ended);
    return ok && done;
}

static bool audit_export(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    static const struct str heads[COLUMNS] = {STR_INIT("at"),     STR_INIT("kind"),    STR_INIT("who"),
                                              STR_INIT("action"), STR_INIT("subject"), STR_INIT("detail"),
                                              STR_INIT("client")};
    struct audit_query query;
    if (!read_query(visit, &query))
        return err_set(err, ERR_INVALID, _("Something in the search must be mended. Open the search page to see what."),
                       "bad criteria in an export");
    struct sheet *sheet = sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Audit")), err);
    if (!sheet || !sheet_head(sheet, heads, COLUMNS, err) || !write_rows(visit, &query, sheet, err) ||
        !sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "audit.csv" : "audit.xlsx");
    return true;
}

bool audit_csv(struct visit *visit, struct err *err)
{
    return audit_export(visit, SHEET_CSV, err);
}

bool audit_xlsx(struct visit *visit, struct err *err)
{
    return audit_export(visit, SHEET_XLSX, err);
}
