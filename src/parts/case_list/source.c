#include "parts/case_list/source.h"

#include "access/scope.h"
#include "access/search_words.h"
#include "access/visibility.h"
#include "db/dialect.h"
#include "portal/kept.h"

/* If an actor has more scopes than this (a contact linked to hundreds of objects), a subquery finds them instead. */
#define SCOPE_CAP 16
/* Up to this many scopes, the newest page is merged from one index range for each scope. */
#define MERGE_CAP 6

#define NEWEST_FIRST                                                                                                   \
    {"s.created", LIST_KEY_NUMBER, LIST_KEY_DOWN},                                                                     \
    {                                                                                                                  \
        "s.case_id", LIST_KEY_NUMBER, LIST_KEY_DOWN                                                                    \
    }

#define BY_CREATED                                                                                                     \
    {                                                                                                                  \
        .name = "created", .down_first = true, .keys = {                                                               \
            {"s.created", LIST_KEY_NUMBER, LIST_KEY_ALONG},                                                            \
            {"s.case_id", LIST_KEY_NUMBER, LIST_KEY_ALONG}                                                             \
        }                                                                                                              \
    }
/* Cases without a booking come after all bookings, those that are not finished before all finished ones. */
#define BOOKED_KEY "COALESCE(c.booked, 9223372036854775807)", LIST_KEY_NUMBER, LIST_KEY_ALONG
#define TECHNICIAN_KEY "c.technician" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG
#define FINISHED_KEY "COALESCE(c.finished, 0)", LIST_KEY_NUMBER, LIST_KEY_ALONG

/* Cases that sort equal come newest first, in both directions. */
const struct list_order case_orders[CASE_ORDERS] = {
    BY_CREATED,
    {.name = "number", .keys = {{"c.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, NEWEST_FIRST}},
    {.name = "title", .keys = {{"c.title" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, NEWEST_FIRST}},
    {.name = "status", .keys = {{"c.status", LIST_KEY_NUMBER, LIST_KEY_ALONG}, NEWEST_FIRST}},
    {.name = "booked", .keys = {{BOOKED_KEY}, NEWEST_FIRST}},
    {.name = "technician", .keys = {{TECHNICIAN_KEY}, NEWEST_FIRST}},
    {.name = "finished", .down_first = true, .keys = {{FINISHED_KEY}, NEWEST_FIRST}},
};

#define ID_KEY                                                                                                         \
    {                                                                                                                  \
        "c.id", LIST_KEY_NUMBER, LIST_KEY_ALONG                                                                        \
    }
const struct list_order staff_case_orders[STAFF_CASE_ORDERS] = {
    BY_CREATED,
    {.name = "number", .keys = {{"c.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, ID_KEY}},
    {.name = "booked", .keys = {{BOOKED_KEY}, ID_KEY}},
    {.name = "technician", .keys = {{TECHNICIAN_KEY}, ID_KEY}},
    {.name = "finished", .down_first = true, .keys = {{FINISHED_KEY}, ID_KEY}},
};

struct case_scopes {
    int64_t *items;
    size_t count;
    bool more;
    bool everything; /* staff see all cases */
    /*
     * The words that are searched. The full-text index also searches by scope, so that a common word costs only as
     * much as the actor may see, not as much as is stored; too many scopes are searched by a subquery.
     */
    struct search_match match;
};

static bool match_load(struct list_query *query, struct case_scopes *scopes, struct err *err)
{
    struct arena *arena = query->visit->arena;
    struct search_term *terms = ARENA_ARRAY(arena, struct search_term, SEARCH_WORDS);
    struct str *tokens = ARENA_ARRAY(arena, struct str, SCOPE_CAP);
    if (!query->search.count)
        return true;
    if (!dialect_search_terms(query->visit->db, arena, query->search.words, query->search.count, terms, err))
        return false;
    scopes->match = (struct search_match){.terms = terms, .term_count = query->search.count, .scopes = tokens};
    if (scopes->more || scopes->everything)
        return true;
    for (size_t i = 0; i < scopes->count; i++)
        tokens[scopes->match.scope_count++] = search_scope_token(arena, scopes->items[i]);
    return true;
}

/* The visitor's scopes and the words are loaded once and used for both the page and its count. */
static bool scopes_load(struct list_query *query, const struct case_scopes **scopes, struct err *err)
{
    struct visit *visit = query->visit;
    *scopes = query->kept;
    if (query->kept)
        return true;
    struct case_scopes *made = ARENA_NEW(visit->arena, struct case_scopes);
    made->everything = visit->staff.role != STAFF_NOBODY;
    made->count = made->everything;
    *scopes = query->kept = made;
    return (made->everything || visible_scope_list(visit->db, visit->arena, &visit->actor, SCOPE_CAP, &made->items,
                                                   &made->count, &made->more, err)) &&
           match_load(query, made, err);
}

static bool finds_nothing(const struct list_query *query, const struct case_scopes *scopes)
{
    return query->unanswerable || (!scopes->count && !scopes->more);
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

/* Bookings are those of open cases. */
static bool asks_open(const struct list_query *query)
{
    struct str status = list_value(query, "status");
    return str_eqz(status, "open") || str_eqz(status, "booked");
}

static bool asks_cancelled(const struct list_query *query)
{
    return str_eqz(list_value(query, "status"), "cancelled");
}

static bool asks_followed(const struct list_query *query)
{
    return str_eqz(list_value(query, "status"), "followed");
}

/*
 * Adds the table with alias s, which gives created and case_id: all visible cases, or those of them that are open,
 * cancelled, or followed by the login.
 */
static void relation_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes)
{
    if (scopes->everything)
        sql_put(sql, "(SELECT created, id AS case_id, status FROM cases) s");
    else if (asks_open(query) || asks_cancelled(query))
        sql_put(sql, "(SELECT scope, at AS created, case_id FROM scope_event WHERE kind = ?) s",
                DB_INT(asks_open(query) ? EVENT_CASE_OPEN : EVENT_CASE_CANCELLED));
    else if (asks_followed(query))
        sql_put(sql,
                "(SELECT v.scope, v.created, v.case_id FROM case_follower f CROSS JOIN case_scope v"
                " WHERE v.case_id = f.case_id AND f.login_id = ?) s",
                DB_INT(query->visit->actor.login_id));
    else
        sql_put(sql, "case_scope s");
}

/*
 * Adds the condition on scopes: all of them, or only the one at `only`. Staff have none: open and cancelled cases are
 * filtered on s then, so that its index can be used.
 */
static void scope_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes, ptrdiff_t only)
{
    if (scopes->everything) {
        if (asks_cancelled(query))
            sql_put(sql, "s.status = " CASE_CANCELLED_SQL);
        else
            sql_put(sql, asks_open(query) ? "s.status < " CASE_FINISHED_SQL : "1 = 1");
    } else if (only >= 0) {
        sql_put(sql, "s.scope = ?", DB_INT(scopes->items[only]));
    } else if (scopes->more) {
        sql_put(sql, "s.scope IN ");
        visible_scopes(sql, &query->visit->actor);
    } else {
        for (size_t i = 0; i < scopes->count; i++)
            sql_put(sql, "{}?", SQL(i ? ", " : "s.scope IN ("), DB_INT(scopes->items[i]));
        sql_put(sql, ")");
    }
}

static void dates_add(struct sql *sql, const struct list_query *query)
{
    if (list_value(query, "from").n)
        sql_put(sql, " AND s.created >= ?", DB_INT(list_number(query, "from")));
    if (list_value(query, "to").n)
        sql_put(sql, " AND s.created < ?", DB_INT(list_number(query, "to")));
}

/* Whether there is a condition on alias c. told: alias s tells already what is open or cancelled. */
static bool filters_case(const struct list_query *query, bool told)
{
    static const char *const NAMES[] = {"type", "priority", "customer", "object", "unlinked"};
    struct str status = list_value(query, "status");
    bool any = status.n && !(told && (str_eqz(status, "open") || asks_cancelled(query) || asks_followed(query)));
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        any = any || list_value(query, NAMES[i]).n;
    return any;
}

static void picklist_add(struct sql *sql, const char *literal, const char *list, struct str key)
{
    if (key.n)
        sql_put(sql, " AND {} = (SELECT id FROM picklist_item WHERE list = ? AND key = ?)", SQL(literal),
                DB_TEXT(str_of(list)), DB_TEXT(key));
}

static void register_add(struct sql *sql, const char *literal, struct str number)
{
    if (number.n)
        sql_put(sql, "{}?)", SQL(literal), DB_TEXT(number));
}

/* Adds the conditions on alias c. */
static void filters_add(struct sql *sql, const struct list_query *query, bool told)
{
    struct str status = list_value(query, "status");
    if (!filters_case(query, told))
        return;
    if (asks_open(query) && !told)
        sql_put(sql, " AND c.status < " CASE_FINISHED_SQL);
    if (str_eqz(status, "booked"))
        sql_put(sql, " AND c.booked IS NOT NULL");
    else if (status.n && !asks_open(query) && !asks_followed(query) && !(told && asks_cancelled(query)))
        sql_put(sql, " AND c.status = ?", DB_INT(code_find(&case_statuses, status)));
    picklist_add(sql, "c.type_id", "case_type", list_value(query, "type"));
    picklist_add(sql, "c.priority_id", "priority", list_value(query, "priority"));
    register_add(sql, " AND c.customer_id = (SELECT id FROM customer WHERE number = ", list_value(query, "customer"));
    register_add(sql, " AND c.object_id = (SELECT id FROM object WHERE number = ", list_value(query, "object"));
    if (list_value(query, "unlinked").n)
        sql_put(sql, " AND ((c.customer_id IS NULL AND c.object_id IS NULL)"
                     " OR (SELECT MIN(link.contact_id) FROM case_contact link WHERE link.case_id = c.id) IS NULL)");
}

/* Adds the part after SELECT … FROM: the visible cases of these days, whatever else is asked for. */
static void bare_matches_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes,
                             ptrdiff_t only)
{
    relation_add(sql, query, scopes);
    sql_put(sql, " WHERE ");
    scope_add(sql, query, scopes, only);
    dates_add(sql, query);
}

/* Adds the part after SELECT … FROM. */
static void source_matches_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes,
                               ptrdiff_t only)
{
    relation_add(sql, query, scopes);
    sql_put(sql, filters_case(query, true) ? " CROSS JOIN cases c WHERE c.id = s.case_id AND " : " WHERE ");
    scope_add(sql, query, scopes, only);
    dates_add(sql, query);
    if (query->search.count && asks_followed(query)) { /* few: tried one by one */
        sql_put(sql, " AND ");
        dialect_search_test(sql, db_conn_engine(query->visit->db), "s.case_id", &scopes->match);
    } else if (query->search.count) {
        sql_put(sql, " AND s.case_id IN ");
        dialect_search_match(sql, db_conn_engine(query->visit->db), &scopes->match);
    }
    filters_add(sql, query, true);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static bool may_merge(const struct case_scopes *scopes)
{
    return !scopes->more && scopes->count <= MERGE_CAP;
}

/*
 * Adds a page sorted by creation: a short index range for each scope, merged. It costs only what the page shows.
 * `bare`: all cases of these days, whatever else is asked for.
 */
static void merged_page_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes,
                            bool bare, int64_t limit)
{
    bool lazily = dialect_merges_lazily(db_conn_engine(query->visit->db));
    for (size_t i = 0; i < scopes->count; i++) {
        sql_put(sql, "{}{}SELECT s.created, s.case_id FROM ", SQL(i ? " UNION " : ""),
                SQL(lazily ? "" : "SELECT * FROM ("));
        if (bare)
            bare_matches_add(sql, query, scopes, (ptrdiff_t)i);
        else
            source_matches_add(sql, query, scopes, (ptrdiff_t)i);
        list_add_place(sql, query);
        if (lazily)
            continue;
        list_add_order(sql, query);
        sql_put(sql, " LIMIT ?) AS part", DB_INT(limit));
    }
    if (lazily || bare)
        sql_put(sql,
                query->descending != query->place.backwards ? " ORDER BY 1 DESC, 2 DESC LIMIT ?"
                                                            : " ORDER BY 1, 2 LIMIT ?",
                DB_INT(limit));
}

/* So many cases are tried for each row of the page. */
#define TRIED 20

/*
 * Finds a page of cases with common words: tries the newest visible cases one by one, which costs the same however many
 * have the words. *ids is NULL when these were too few, so that the index must find the page.
 */
static bool common_page_find(const struct list_query *query, const struct case_scopes *scopes, int64_t limit,
                             int64_t **ids, struct err *err)
{
    struct visit *visit = query->visit;
    struct sql sql = sql_start(visit->arena, "SELECT s.case_id FROM (");
    int64_t *found = ARENA_ARRAY(visit->arena, int64_t, (size_t)limit);
    size_t count = 0;
    *ids = NULL;
    if (query->total <= LIST_COUNT_MAX || !may_merge(scopes))
        return true;
    merged_page_add(&sql, query, scopes, true, limit * TRIED);
    sql_put(&sql, ") s WHERE ");
    dialect_search_test(&sql, db_conn_engine(visit->db), "s.case_id", &scopes->match);
    if (filters_case(query, true)) {
        sql_put(&sql, " AND (SELECT c.id FROM cases c WHERE c.id = s.case_id");
        filters_add(&sql, query, true);
        sql_put(&sql, ") IS NOT NULL");
    }
    sql_put(&sql, " LIMIT ?", DB_INT(limit));
    if (!db_read_numbers(db_query_sql(visit->db, visit->arena, &sql, err), found, (size_t)limit, &count, err))
        return false;
    *ids = count == (size_t)limit ? found : NULL;
    return true;
}

static void found_add(struct sql *sql, const int64_t *ids, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        sql_put(sql, "{}?", SQL(i ? ", " : "SELECT created, id AS case_id FROM cases WHERE id IN ("), DB_INT(ids[i]));
    sql_put(sql, ")");
}

/* Adds a page of all cases in an order that has an index: the index is walked until the page is full. */
static void indexed_page_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes)
{
    sql_put(sql, "SELECT s.created, s.case_id FROM cases c CROSS JOIN ");
    relation_add(sql, query, scopes);
    sql_put(sql, " WHERE s.case_id = c.id AND ");
    scope_add(sql, query, scopes, -1);
    dates_add(sql, query);
    filters_add(sql, query, true);
}

/* Adds a page in another order: the cases that match are sorted. */
static void sorted_page_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes)
{
    sql_put(sql, "SELECT s.created, s.case_id FROM (SELECT DISTINCT s.created, s.case_id FROM ");
    source_matches_add(sql, query, scopes, -1);
    sql_put(sql, ") s CROSS JOIN cases c WHERE c.id = s.case_id");
}

static bool is_by_created(const struct list_query *query)
{
    return query->order == &case_orders[0] || query->order == &staff_case_orders[0];
}

static void page_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes, int64_t limit)
{
    if (is_by_created(query) && !query->search.count && may_merge(scopes)) {
        merged_page_add(sql, query, scopes, false, limit);
        return;
    }
    if (is_by_created(query)) {
        sql_put(sql, "SELECT DISTINCT s.created, s.case_id FROM ");
        source_matches_add(sql, query, scopes, -1);
    } else if (scopes->everything && !query->search.count) {
        indexed_page_add(sql, query, scopes);
    } else {
        sorted_page_add(sql, query, scopes);
    }
    list_add_place(sql, query);
    list_add_order(sql, query);
    sql_put(sql, " LIMIT ?", DB_INT(limit));
}

/*
 * The rows are cut to a page before the rest of each case is read. The CROSS JOIN makes the database begin with the
 * visible cases, so that it never reads through the table of all cases.
 */
bool case_source(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err)
{
    const struct case_scopes *scopes;
    int64_t *ids = NULL;
    bool ordered = false;
    if (!scopes_load(query, &scopes, err))
        return false;
    *nothing = finds_nothing(query, scopes);
    if (!*nothing && limit && is_by_created(query) && query->search.count &&
        !common_page_find(query, scopes, limit, &ids, err))
        return false;
    sql_put(sql, "(");
    if (ids) {
        found_add(sql, ids, limit);
    } else if (limit) {
        page_add(sql, query, scopes, limit);
        ordered = dialect_keeps_order(db_conn_engine(query->visit->db));
    } else {
        sql_put(sql, "SELECT DISTINCT s.created, s.case_id FROM ");
        source_matches_add(sql, query, scopes, -1);
    }
    sql_put(sql, ") s CROSS JOIN cases c LEFT JOIN picklist_item ty ON ty.id = c.type_id"
                 " LEFT JOIN picklist_item pr ON pr.id = c.priority_id LEFT JOIN customer cu ON cu.id = c.customer_id"
                 " LEFT JOIN object o ON o.id = c.object_id");
    visible_seen_object(sql, &query->visit->actor); /* of staff, nobody: no object of their list is a link */
    sql_put(sql, " WHERE c.id = s.case_id");
    if (!ordered)
        list_add_order(sql, query);
    if (limit)
        sql_put(sql, " LIMIT ?", DB_INT(limit));
    return true;
}

/* --- counting ----------------------------------------------------------------------------------------------------- */

/* Adds the cases that the full-text index finds for the scopes and words, then the rest of what is asked for. */
static void hits_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes)
{
    bool dated = list_value(query, "from").n || list_value(query, "to").n;
    dialect_search_match(sql, db_conn_engine(query->visit->db), &scopes->match);
    sql_put(sql, " AS hit");
    if (dated || filters_case(query, false))
        sql_put(sql, " CROSS JOIN (SELECT created, id AS case_id FROM cases) s CROSS JOIN cases c"
                     " WHERE s.case_id = hit.case_id AND c.id = hit.case_id");
    dates_add(sql, query);
    filters_add(sql, query, false);
}

/* A count of words stops after LIST_COUNT_MAX. */
static bool count_now(const struct list_query *query, const struct case_scopes *scopes, int64_t *total, struct err *err)
{
    bool once = scopes->count == 1 && !scopes->more;
    struct sql sql = sql_start(query->visit->arena, "SELECT count(*) FROM (SELECT ");
    if (query->search.count && !scopes->more && !asks_followed(query)) {
        sql_put(&sql, "hit.case_id FROM ");
        hits_add(&sql, query, scopes);
    } else {
        sql_put(&sql, once ? "s.case_id FROM " : "DISTINCT s.case_id FROM ");
        source_matches_add(&sql, query, scopes, -1);
    }
    if (query->search.count)
        sql_put(&sql, " LIMIT ?", DB_INT(LIST_COUNT_MAX + 1));
    sql_put(&sql, ") AS found");
    return db_find_sql(query->visit->db, query->visit->arena, &sql, DB_TARGETS(TO(total)), NULL, err);
}

static struct str count_key(const struct list_query *query, const struct case_scopes *scopes)
{
    struct buf key;
    buf_init(&key, query->visit->arena);
    if (scopes->more)
        buf_str(&key, kept_key(query->visit, "seen by"));
    if (scopes->everything)
        buf_z(&key, "everything");
    if (asks_followed(query))
        buf_str(&key, kept_key(query->visit, "followed by"));
    for (size_t i = 0; !scopes->more && !scopes->everything && i < scopes->count; i++) {
        buf_char(&key, ' ');
        buf_int(&key, scopes->items[i]);
    }
    for (size_t i = 0; i < query->list->criterion_count; i++) {
        buf_char(&key, '&');
        buf_url_part(&key, query->values[i]);
    }
    return buf_text(&key);
}

bool case_count(struct list_query *query, int64_t *total, struct err *err)
{
    const struct case_scopes *scopes;
    *total = 0;
    if (!scopes_load(query, &scopes, err))
        return false;
    if (finds_nothing(query, scopes))
        return true;
    if (!kept_generations(query->visit, err))
        return false;
    struct generations generations = query->visit->generations;
    if (!asks_followed(query))
        generations.waiting = 0; /* a count of cases holds whatever waits */
    struct str key = count_key(query, scopes);
    if (kept_find(key, generations, total))
        return true;
    if (!count_now(query, scopes, total, err))
        return false;
    kept_put(key, generations, *total);
    return true;
}
