#include "parts/case_list/source.h"

#include "access/scope.h"
#include "access/search_words.h"
#include "access/visibility.h"
#include "db/dialect.h"
#include "model/case_count.h"

/* If an actor has more scopes than this (a contact linked to hundreds of objects), a subquery finds them instead. */
#define SCOPE_CAP 16
/* Up to this many scopes, the newest page is merged from one index range for each scope. */
#define MERGE_CAP 6

#define NEWEST_FIRST                                                                                                   \
    {"s.created", LIST_KEY_NUMBER, LIST_KEY_DOWN},                                                                     \
    {                                                                                                                  \
        "s.case_id", LIST_KEY_NUMBER, LIST_KEY_DOWN                                                                    \
    }

/* Cases that sort equal come newest first, in both directions. */
const struct list_order case_orders[CASE_ORDERS] = {
    {.name = "created",
     .down_first = true,
     .keys = {{"s.created", LIST_KEY_NUMBER, LIST_KEY_ALONG}, {"s.case_id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
    {.name = "number", .keys = {{"c.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, NEWEST_FIRST}},
    {.name = "title", .keys = {{"c.title" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, NEWEST_FIRST}},
    {.name = "status", .keys = {{"c.status", LIST_KEY_NUMBER, LIST_KEY_ALONG}, NEWEST_FIRST}},
};

struct case_scopes {
    int64_t *items;
    size_t count;
    bool more;
    bool everything; /* staff see all cases */
};

/* The visitor's scopes are loaded once and used for both the page and its count. */
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
    return made->everything || visible_scope_list(visit->db, visit->arena, &visit->actor, SCOPE_CAP, &made->items,
                                                  &made->count, &made->more, err);
}

static bool finds_nothing(const struct list_query *query, const struct case_scopes *scopes)
{
    return query->unanswerable || (!scopes->count && !scopes->more);
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

static bool asks_open(const struct list_query *query)
{
    return str_eqz(list_value(query, "status"), "open");
}

/* Adds the table with alias s, which gives created and case_id. */
static void relation_add(struct sql *sql, const struct case_scopes *scopes)
{
    sql_put(sql, scopes->everything ? "(SELECT created, id AS case_id, status FROM cases) s" : "case_scope s");
}

/*
 * Adds the condition on scopes: all of them, or only the one at `only`. Staff have none: open cases are filtered on s
 * then, so that its index can be used.
 */
static void scope_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes, ptrdiff_t only)
{
    if (scopes->everything) {
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

static bool filters_case(const struct list_query *query)
{
    static const char *const NAMES[] = {"status", "type", "priority", "customer", "object", "unlinked"};
    bool any = false;
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
static void filters_add(struct sql *sql, const struct list_query *query)
{
    if (!filters_case(query))
        return;
    if (asks_open(query))
        sql_put(sql, " AND c.status < " CASE_FINISHED_SQL);
    else if (list_value(query, "status").n)
        sql_put(sql, " AND c.status = ?", DB_INT(code_find(&case_statuses, list_value(query, "status"))));
    picklist_add(sql, "c.type_id", "case_type", list_value(query, "type"));
    picklist_add(sql, "c.priority_id", "priority", list_value(query, "priority"));
    register_add(sql, " AND c.customer_id = (SELECT id FROM customer WHERE number = ", list_value(query, "customer"));
    register_add(sql, " AND c.object_id = (SELECT id FROM object WHERE number = ", list_value(query, "object"));
    if (list_value(query, "unlinked").n)
        sql_put(sql, " AND ((c.customer_id IS NULL AND c.object_id IS NULL)"
                     " OR (SELECT MIN(link.contact_id) FROM case_contact link WHERE link.case_id = c.id) IS NULL)");
}

/*
 * The full-text index also searches by scope, so that a common word costs only as much as the actor may see, not as
 * much as is stored.
 */
static void source_words_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes)
{
    struct search_term terms[LIST_WORDS_MAX];
    struct str tokens[SCOPE_CAP];
    if (!query->word_count)
        return;
    for (size_t i = 0; i < query->word_count; i++)
        terms[i] = (struct search_term){query->words[i], true};
    size_t token_count = scopes->more || scopes->everything ? 0 : scopes->count;
    for (size_t i = 0; i < token_count; i++)
        tokens[i] = search_scope_token(query->visit->arena, scopes->items[i]);
    sql_put(sql, " AND ");
    dialect_search_match(sql, db_conn_engine(query->visit->db), "s.case_id", terms, query->word_count, tokens,
                         token_count);
}

/* Adds the part after SELECT … FROM. */
static void source_matches_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes,
                               ptrdiff_t only)
{
    relation_add(sql, scopes);
    sql_put(sql, filters_case(query) ? " CROSS JOIN cases c WHERE c.id = s.case_id AND " : " WHERE ");
    scope_add(sql, query, scopes, only);
    dates_add(sql, query);
    source_words_add(sql, query, scopes);
    filters_add(sql, query);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static bool may_merge(const struct list_query *query, const struct case_scopes *scopes)
{
    return !query->word_count && !scopes->more && scopes->count <= MERGE_CAP;
}

/*
 * Adds a page sorted by creation, without words: a short index range for each scope, merged. It costs only what the
 * page shows.
 */
static void merged_page_add(struct sql *sql, const struct list_query *query, const struct case_scopes *scopes,
                            int64_t limit)
{
    bool lazily = dialect_merges_lazily(db_conn_engine(query->visit->db));
    for (size_t i = 0; i < scopes->count; i++) {
        sql_put(sql, "{}{}SELECT s.created, s.case_id FROM ", SQL(i ? " UNION " : ""),
                SQL(lazily ? "" : "SELECT * FROM ("));
        source_matches_add(sql, query, scopes, (ptrdiff_t)i);
        list_add_place(sql, query);
        if (lazily)
            continue;
        list_add_order(sql, query);
        sql_put(sql, " LIMIT ?) AS part", DB_INT(limit));
    }
    if (lazily)
        sql_put(sql,
                query->descending != query->place.backwards ? " ORDER BY 1 DESC, 2 DESC LIMIT ?"
                                                            : " ORDER BY 1, 2 LIMIT ?",
                DB_INT(limit));
}

/*
 * If case_scope itself has the order, the rows are cut to a page before the rest of each case is read. The CROSS JOIN
 * makes the database begin with the visible cases, so that it never reads through the table of all cases.
 */
bool case_source(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err)
{
    const struct case_scopes *scopes;
    if (!scopes_load(query, &scopes, err))
        return false;
    *nothing = finds_nothing(query, scopes);
    bool cut = limit && query->order == &case_orders[0];
    sql_put(sql, "(");
    if (cut && may_merge(query, scopes)) {
        merged_page_add(sql, query, scopes, limit);
    } else {
        sql_put(sql, "SELECT DISTINCT s.created, s.case_id FROM ");
        source_matches_add(sql, query, scopes, -1);
        if (cut) {
            list_add_place(sql, query);
            list_add_order(sql, query);
            sql_put(sql, " LIMIT ?", DB_INT(limit));
        }
    }
    sql_put(sql, ") s CROSS JOIN cases c LEFT JOIN picklist_item ty ON ty.id = c.type_id"
                 " LEFT JOIN picklist_item pr ON pr.id = c.priority_id LEFT JOIN customer cu ON cu.id = c.customer_id"
                 " LEFT JOIN object o ON o.id = c.object_id WHERE c.id = s.case_id");
    if (limit && !cut)
        list_add_place(sql, query);
    list_add_order(sql, query);
    if (limit)
        sql_put(sql, " LIMIT ?", DB_INT(limit));
    return true;
}

/* --- counting ----------------------------------------------------------------------------------------------------- */

static bool count_now(const struct list_query *query, const struct case_scopes *scopes, int64_t *total, struct err *err)
{
    bool once = scopes->count == 1 && !scopes->more;
    struct sql sql =
        sql_start(query->visit->arena, once ? "SELECT count(*) FROM " : "SELECT count(DISTINCT s.case_id) FROM ");
    source_matches_add(&sql, query, scopes, -1);
    return db_find_sql(query->visit->db, query->visit->arena, &sql, DB_TARGETS(TO(total)), NULL, err);
}

static struct str count_key(const struct list_query *query, const struct case_scopes *scopes)
{
    struct buf key;
    buf_init(&key, query->visit->arena);
    if (scopes->more) {
        buf_z(&key, "contact ");
        buf_int(&key, query->visit->actor.contact_id);
    }
    if (scopes->everything)
        buf_z(&key, "everything");
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

/*
 * The generation is read before counting: if a case changes meanwhile, the cached count is out of date and is not used.
 */
bool case_count(struct list_query *query, int64_t *total, struct err *err)
{
    const struct case_scopes *scopes;
    int64_t generation = 0;
    *total = 0;
    if (!scopes_load(query, &scopes, err))
        return false;
    if (finds_nothing(query, scopes))
        return true;
    if (!generation_read(query->visit->db, &generation, err))
        return false;
    struct str key = count_key(query, scopes);
    if (count_cache_get(key, generation, total))
        return true;
    if (!count_now(query, scopes, total, err))
        return false;
    count_cache_put(key, generation, *total);
    return true;
}
