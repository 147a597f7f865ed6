#include "staff/find/find.h"

#include "model/search_input.h"
#include "parts/case_list/case_list.h"
#include "portal/address.h"
#include "staff/find/find.html.h"
#include "staff/find/views.h"

#define HITS_MAX 10
#define QUESTION_MAX 500
#define ACTIVE_FIRST "active DESC, number COLLATE \"sv-natural\""

/* A kind of row: the path of its pages, and how to find it by number and by name. */
static const struct kind {
    const struct msgid *title;
    const char *path;
    const char *table_literal, *name_literal; /* selects number and name */
    enum search_index index;
    const char *order_literal;
} KINDS[] = {
    {_("Customers"), "/staff/customers", "customer", "name", SEARCH_CUSTOMERS, ACTIVE_FIRST},
    {_("Objects"), "/staff/objects", "object", "name", SEARCH_OBJECTS, ACTIVE_FIRST},
    {_("Contacts"), "/staff/contacts", "contact", "first_name || ' ' || last_name", SEARCH_CONTACTS, ACTIVE_FIRST},
    {_("Invoice specifications"), "/staff/invoices", "invoice_specification", "title", SEARCH_SPECIFICATIONS,
     "id DESC"},
};
#define KIND_COUNT (sizeof KINDS / sizeof *KINDS)

static bool find_read_hits(struct visit *visit, const char *path, const struct sql *sql, struct hits_view *list,
                           struct err *err)
{
    struct hit_view *hits = ARENA_ARRAY(visit->arena, struct hit_view, HITS_MAX);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, sql, err);
    while (db_next(rows) && list->count < HITS_MAX) {
        struct hit_view *hit = &hits[list->count++];
        db_read(rows, TO(&hit->number), TO(&hit->text));
        hit->url = address_of(visit->arena, path, hit->number, "");
    }
    list->hits = hits;
    return db_done(rows, err);
}

/* Finds the page of the case with this work order. */
static bool find_work_order(struct visit *visit, struct str q, struct str *url, struct err *err)
{
    struct str number;
    bool found;
    if (!db_find(visit->db, visit->arena,
                 "SELECT c.number FROM work_order w JOIN cases c ON c.id = w.case_id WHERE w.number = $1",
                 DB_ARGS(DB_TEXT(q)), DB_TARGETS(TO(&number)), &found, err))
        return false;
    *url = found ? address_of(visit->arena, "/staff/cases", number, "") : STR_NONE;
    return true;
}

/*
 * Finds the page of the only row with this number, or of the case of the work order with it. *url is empty when no row
 * has the number, or rows of several kinds.
 */
static bool find_by_number(struct visit *visit, struct str q, struct str *url, struct err *err)
{
    size_t found = 0;
    for (size_t i = 0; i <= KIND_COUNT; i++) {
        struct hits_view list = {.count = 0};
        const char *table_literal = i ? KINDS[i - 1].table_literal : "cases";
        struct sql sql =
            sql_start(visit->arena, "SELECT number, '' FROM {} WHERE number = ?", SQL(table_literal), DB_TEXT(q));
        if (!find_read_hits(visit, i ? KINDS[i - 1].path : "/staff/cases", &sql, &list, err))
            return false;
        found += list.count;
        if (list.count)
            *url = list.hits[0].url;
    }
    if (found != 1)
        *url = STR_NONE;
    return found || find_work_order(visit, q, url, err);
}

/* Finds cases by words, as the search of cases does, the newest first. */
static bool find_cases(struct visit *visit, struct str q, struct hits_view *list, struct err *err)
{
    struct case_brief *found;
    struct hit_view *hits = ARENA_ARRAY(visit->arena, struct hit_view, HITS_MAX);
    list->title = visit_tr(visit, _("Cases"));
    list->all_url = address_with(visit->arena, "/staff/cases?q=", q);
    if (!cases_newest_found(visit, q, HITS_MAX, &found, &list->count, err))
        return false;
    for (size_t i = 0; i < list->count; i++)
        hits[i] = (struct hit_view){.number = found[i].number,
                                    .text = found[i].title,
                                    .url = address_of(visit->arena, "/staff/cases", found[i].number, "")};
    list->hits = hits;
    return true;
}

static bool find_show(struct visit *visit, struct str q, struct err *err)
{
    struct hits_view *lists = ARENA_ARRAY(visit->arena, struct hits_view, KIND_COUNT + 1);
    struct find_view view = {.q = q, .lists = lists, .count = KIND_COUNT + 1};
    struct search_text search;
    search_read(visit->arena, q, &search);
    if (!find_cases(visit, q, &lists[0], err))
        return false;
    size_t hits = lists[0].count;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        struct hits_view *list = &lists[i + 1];
        const struct kind *kind = &KINDS[i];
        list->title = visit_tr(visit, kind->title);
        list->all_url = address_with(visit->arena, arena_printf(visit->arena, "%s?q=", kind->path).p, q);
        if (!search.count && !search.signs.n)
            continue;
        struct sql sql = sql_start(visit->arena, "SELECT number, {} FROM {} WHERE 1 = 1", SQL(kind->name_literal),
                                   SQL(kind->table_literal));
        if (!search_measure(visit->db, visit->arena, kind->index, &search, err))
            return false;
        search_add_indexed(&sql, db_conn_engine(visit->db), kind->index, "id", &search);
        sql_put(&sql, " ORDER BY {} LIMIT ?", SQL(kind->order_literal), DB_INT(HITS_MAX));
        if (!find_read_hits(visit, kind->path, &sql, list, err))
            return false;
        hits += list->count;
    }
    view.nothing = hits == 0;
    size_t leader = 0;
    while (leader < KIND_COUNT && !lists[leader].count)
        leader++;
    lists[leader].leads = true;
    return page_show(visit, visit_tr(visit, _("Search")), find_page_html, &view);
}

static bool find_find(struct visit *visit, struct err *err)
{
    struct str q = utf8_prefix(str_trim(http_param(&visit->request->query, "q")), QUESTION_MAX), url = STR_NONE;
    if (!q.n)
        return visit_redirect(visit, STR("/staff"));
    struct str bare = search_input(visit->arena, q);
    if (!find_by_number(visit, q, &url, err) || (!url.n && !str_eq(q, bare) && !find_by_number(visit, bare, &url, err)))
        return false;
    return url.n ? visit_redirect(visit, url) : find_show(visit, q, err);
}

static const struct route ROUTES[] = {
    {"GET", "/staff/find", find_find, WHO_STAFF, 0},
    {"GET", "/staff/lookup/customers", lookup_send, WHO_STAFF, 0},
    {"GET", "/staff/lookup/objects", lookup_send, WHO_STAFF, 0},
    {"GET", "/staff/lookup/contacts", lookup_send, WHO_STAFF, 0},
    {"GET", "/staff/lookup/articles", lookup_send, WHO_STAFF, 0},
};

const struct feature staff_find_feature = {
    .name = "staff/find",
    FEATURE_ROUTES(ROUTES),
};
