#include "staff/find/find.h"

#include "access/search_words.h"
#include "db/dialect.h"
#include "portal/address.h"
#include "staff/find/find.html.h"
#include "staff/find/pages.h"
#include "staff/find/views.h"

#define HITS_MAX 10
#define WORDS_MAX 12
#define QUESTION_MAX 200

/* A kind of row: the path of its pages, and how to find it by number and by name. */
static const struct kind {
    const struct msgid *title;
    const char *path;
    const char *number_literal; /* $1: the number in lower case; selects number and name */
    const char *name_literal;   /* $1: a pattern, $2: the most rows */
} KINDS[] = {
    {_("Customers"), "/staff/customers", "SELECT number, name FROM customer WHERE number = $1",
     "SELECT number, name FROM customer WHERE lower((number || ' ' || name) COLLATE \"sv-natural\") LIKE"
     " lower($1 COLLATE \"sv-natural\") ESCAPE '\\' ORDER BY active DESC, number COLLATE \"sv-natural\" LIMIT $2"},
    {_("Objects"), "/staff/objects", "SELECT number, name FROM object WHERE number = $1",
     "SELECT number, name FROM object WHERE lower((number || ' ' || name) COLLATE \"sv-natural\") LIKE"
     " lower($1 COLLATE \"sv-natural\") ESCAPE '\\' ORDER BY active DESC, number COLLATE \"sv-natural\" LIMIT $2"},
    {_("Contacts"), "/staff/contacts", "SELECT number, first_name || ' ' || last_name FROM contact WHERE number = $1",
     "SELECT number, first_name || ' ' || last_name FROM contact WHERE lower((number || ' ' || first_name || ' ' ||"
     " last_name || ' ' || email) COLLATE \"sv-natural\") LIKE lower($1 COLLATE \"sv-natural\") ESCAPE '\\'"
     " ORDER BY active DESC, number COLLATE \"sv-natural\" LIMIT $2"},
    {_("Invoice specifications"), "/staff/invoices",
     "SELECT number, title FROM invoice_specification WHERE number = $1",
     "SELECT number, title FROM invoice_specification WHERE lower((number || ' ' || title) COLLATE \"sv-natural\") LIKE"
     " lower($1 COLLATE \"sv-natural\") ESCAPE '\\' ORDER BY id DESC LIMIT $2"},
};
#define KIND_COUNT (sizeof KINDS / sizeof *KINDS)

static struct str find_list_url(struct arena *arena, const char *path, struct str q)
{
    struct buf out;
    buf_init(&out, arena);
    buf_printf(&out, "%s?q=", path);
    buf_url_part(&out, q);
    return buf_text(&out);
}

static bool read_hits(struct visit *visit, const char *path, struct db_rows *rows, struct hits_view *list,
                      struct err *err)
{
    struct hit_view *hits = ARENA_ARRAY(visit->arena, struct hit_view, HITS_MAX);
    while (db_next(rows) && list->count < HITS_MAX)
        hits[list->count++] =
            (struct hit_view){address_of(visit->arena, path, db_text(rows, 0), ""), db_text_copy(rows, 0, visit->arena),
                              db_text_copy(rows, 1, visit->arena)};
    list->hits = hits;
    return db_done(rows, err);
}

/*
 * Finds the page of the only row with this number. *url is empty when no row has the number, or rows of several kinds.
 */
static bool find_find_number(struct visit *visit, struct str q, struct str *url, struct err *err)
{
    size_t found = 0;
    struct hits_view list = {.count = 0};
    struct db_rows *rows = db_query(visit->db, visit->arena, "SELECT number, title FROM cases WHERE number = $1",
                                    DB_ARGS(DB_TEXT(q)), err);
    if (!read_hits(visit, "/staff/cases", rows, &list, err))
        return false;
    for (size_t i = 0; i <= KIND_COUNT; i++) {
        found += list.count;
        if (list.count)
            *url = list.hits[0].url;
        if (i == KIND_COUNT)
            break;
        list = (struct hits_view){.count = 0};
        rows = db_query(visit->db, visit->arena, KINDS[i].number_literal, DB_ARGS(DB_TEXT(q)), err);
        if (!read_hits(visit, KINDS[i].path, rows, &list, err))
            return false;
    }
    if (found != 1)
        *url = STR_NONE;
    return true;
}

static struct str pattern_of(struct arena *arena, struct str q)
{
    struct buf out;
    buf_init(&out, arena);
    buf_char(&out, '%');
    for (size_t i = 0; i < q.n; i++) {
        if (q.p[i] == '%' || q.p[i] == '_' || q.p[i] == '\\')
            buf_char(&out, '\\');
        buf_char(&out, q.p[i]);
    }
    buf_char(&out, '%');
    return buf_text(&out);
}

/* Finds cases by words, as the search of cases does, the newest first. */
static bool find_cases(struct visit *visit, struct str q, struct hits_view *list, struct err *err)
{
    struct str words[WORDS_MAX];
    struct search_term terms[WORDS_MAX];
    size_t count = search_words_of_question(visit->arena, q, words, WORDS_MAX);
    list->title = visit_tr(visit, _("Cases"));
    list->all_url = find_list_url(visit->arena, "/staff/cases", q);
    if (!count || count > WORDS_MAX)
        return true;
    for (size_t i = 0; i < count; i++)
        terms[i] = (struct search_term){words[i], true};
    struct sql sql = sql_start(visit->arena, "SELECT c.number, c.title FROM cases c WHERE ");
    dialect_search_match(&sql, db_conn_engine(visit->db), "c.id", terms, count, NULL, 0);
    sql_put(&sql, " ORDER BY c.created DESC, c.id DESC LIMIT ?", DB_INT(HITS_MAX));
    return read_hits(visit, "/staff/cases", db_query_sql(visit->db, visit->arena, &sql, err), list, err);
}

static bool find_show(struct visit *visit, struct str q, struct err *err)
{
    struct hits_view *lists = ARENA_ARRAY(visit->arena, struct hits_view, KIND_COUNT + 1);
    struct find_view view = {.q = q, .lists = lists, .count = KIND_COUNT + 1};
    struct str pattern = pattern_of(visit->arena, q);
    if (!find_cases(visit, q, &lists[0], err))
        return false;
    size_t hits = lists[0].count;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        struct hits_view *list = &lists[i + 1];
        list->title = visit_tr(visit, KINDS[i].title);
        list->all_url = find_list_url(visit->arena, KINDS[i].path, q);
        struct db_rows *rows =
            db_query(visit->db, visit->arena, KINDS[i].name_literal, DB_ARGS(DB_TEXT(pattern), DB_INT(HITS_MAX)), err);
        if (!read_hits(visit, KINDS[i].path, rows, list, err))
            return false;
        hits += list->count;
    }
    view.nothing = hits == 0;
    size_t leader = 0;
    while (leader < KIND_COUNT && !lists[leader].count)
        leader++;
    lists[leader].leads = true;
    page_begin(visit, visit_tr(visit, _("Find")));
    find_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

static bool find_find(struct visit *visit, struct err *err)
{
    struct str q = utf8_prefix(str_trim(http_param(&visit->request->query, "q")), QUESTION_MAX), url = STR_NONE;
    if (!q.n)
        return visit_redirect(visit, STR("/staff"));
    if (!find_find_number(visit, q, &url, err))
        return false;
    return url.n ? visit_redirect(visit, url) : find_show(visit, q, err);
}

static const struct route ROUTES[] = {
    {"GET", "/staff/find", find_find, WHO_STAFF, 0},
    {"GET", "/staff/lookup/customers", lookup_customers, WHO_STAFF, 0},
    {"GET", "/staff/lookup/objects", lookup_objects, WHO_STAFF, 0},
    {"GET", "/staff/lookup/contacts", lookup_contacts, WHO_STAFF, 0},
    {"GET", "/staff/lookup/articles", lookup_articles, WHO_STAFF, 0},
};

const struct feature staff_find_feature = {
    .name = "staff/find",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
};
