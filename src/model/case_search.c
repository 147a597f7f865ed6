#include "model/case_search.h"

#include <string.h>

#include "access/scope.h"
#include "access/search_words.h"
#include "db/dialect.h"
#include "model/case_count.h"
#include "model/codes.h"

/* An actor with more scopes than this (a contact linked to hundreds of objects) is read through a subquery instead. */
#define SCOPE_CAP 16
/* Up to this many scopes the newest page is merged from one index range a scope. */
#define MERGE_CAP 6

struct search {
    struct visit *visit;
    const struct criteria *criteria;
    int64_t *scopes;
    size_t scope_count;
    bool more_scopes;
    bool everything; /* staff see all cases */
    bool backwards;  /* reading the page before a cursor: everything runs the other way round */
};

static bool search_begin(struct search *search, struct visit *visit, const struct criteria *criteria, struct err *err)
{
    *search = (struct search){.visit = visit, .criteria = criteria, .backwards = criteria->after.backwards};
    search->everything = visit->staff.role != STAFF_NOBODY;
    search->scope_count = search->everything;
    return search->everything || visible_scope_list(visit->db, visit->arena, &visit->actor, SCOPE_CAP, &search->scopes,
                                                    &search->scope_count, &search->more_scopes, err);
}

static bool finds_nothing(const struct search *search)
{
    return search->criteria->unanswerable || (!search->scope_count && !search->more_scopes);
}

/* --- conditions ---------------------------------------------------------------------------------------------------------------- */

/* Where created and case_id of alias s come from. */
static void add_relation(struct sql *sql, const struct search *search)
{
    sql_put(sql, search->everything ? "(SELECT created, id AS case_id, status FROM cases) s" : "case_scope s");
}

static void add_scope_condition(struct sql *sql, const struct search *search)
{
    if (search->everything) {
        /* The index of open cases is on what s reads. */
        sql_put(sql, search->criteria->status == STATUS_OPEN ? "s.status < " CASE_FINISHED_SQL : "1 = 1");
        return;
    }
    sql_put(sql, "s.scope IN ");
    if (search->more_scopes) {
        visible_scopes(sql, &search->visit->actor);
        return;
    }
    sql_put(sql, "(");
    for (size_t i = 0; i < search->scope_count; i++)
        sql_put(sql, "{}?", SQL(i ? ", " : ""), DB_INT(search->scopes[i]));
    sql_put(sql, ")");
}

static void add_one_scope(struct sql *sql, const struct search *search, size_t i)
{
    if (search->everything) {
        add_scope_condition(sql, search);
        return;
    }
    sql_put(sql, "s.scope = ?", DB_INT(search->scopes[i]));
}

static void add_dates(struct sql *sql, const struct criteria *criteria)
{
    if (criteria->from_us)
        sql_put(sql, " AND s.created >= ?", DB_INT(criteria->from_us));
    if (criteria->to_us)
        sql_put(sql, " AND s.created < ?", DB_INT(criteria->to_us));
}

static void add_picklist(struct sql *sql, const char *literal, const char *list, struct str key)
{
    if (!key.n)
        return;
    sql_put(sql, " AND {} = (SELECT id FROM picklist_item WHERE list = ? AND key = ?)", SQL(literal),
            DB_TEXT(str_of(list)), DB_TEXT(key));
}

static void add_register(struct sql *sql, const char *literal, struct str number)
{
    if (!number.n)
        return;
    sql_put(sql, "{}?)", SQL(literal), DB_TEXT(number));
}

static bool filters_case(const struct criteria *criteria)
{
    return criteria->status != STATUS_ANY || criteria->type.n || criteria->priority.n || criteria->customer.n ||
           criteria->object.n || criteria->unlinked;
}

/* Conditions on alias c. */
static void add_filters(struct sql *sql, const struct criteria *criteria)
{
    if (criteria->status == STATUS_OPEN) {
        sql_put(sql, " AND c.status < " CASE_FINISHED_SQL);
    } else if (criteria->status != STATUS_ANY) {
        sql_put(sql, " AND c.status = ?", DB_INT(criteria->status));
    }
    add_picklist(sql, "c.type_id", "case_type", criteria->type);
    add_picklist(sql, "c.priority_id", "priority", criteria->priority);
    add_register(sql, " AND c.customer_id = (SELECT id FROM customer WHERE number = ", criteria->customer);
    add_register(sql, " AND c.object_id = (SELECT id FROM object WHERE number = ", criteria->object);
    if (criteria->unlinked)
        sql_put(sql, " AND ((c.customer_id IS NULL AND c.object_id IS NULL)"
                     " OR (SELECT MIN(link.contact_id) FROM case_contact link WHERE link.case_id = c.id) IS NULL)");
}

/* The scopes narrow inside the full-text index too, so that a common word costs what the actor sees, not what is stored. */
static void add_words(struct sql *sql, const struct search *search)
{
    const struct criteria *criteria = search->criteria;
    struct search_term terms[QUESTION_WORDS];
    struct str tokens[SCOPE_CAP];
    if (!criteria->word_count)
        return;
    for (size_t i = 0; i < criteria->word_count; i++)
        terms[i] = (struct search_term){criteria->words[i], true};
    size_t token_count = search->more_scopes || search->everything ? 0 : search->scope_count;
    for (size_t i = 0; i < token_count; i++)
        tokens[i] = search_scope_token(search->visit->arena, search->scopes[i]);
    sql_put(sql, " AND ");
    dialect_search_match(sql, db_conn_engine(search->visit->db), "s.case_id", terms, criteria->word_count, tokens,
                         token_count);
}

/* --- order ------------------------------------------------------------------------------------------------------------------------ */

struct order {
    const char *literal; /* what is sorted by before created and id */
    bool descending, created_descending;
    bool text;
};

static struct order order_of(const struct search *search)
{
    static const struct order ORDERS[] = {
        [SORT_CREATED] = {NULL, false, false, false},
        [SORT_NUMBER] = {"c.number COLLATE \"sv-natural\"", false, true, true},
        [SORT_TITLE] = {"c.title COLLATE \"sv-natural\"", false, true, true},
        [SORT_STATUS] = {"c.status", false, true, false},
    };
    struct order order = ORDERS[search->criteria->sort];
    order.descending = search->criteria->descending != search->backwards;
    order.created_descending = order.literal ? !search->backwards : order.descending;
    return order;
}

static void add_order(struct sql *sql, const struct order *order)
{
    sql_put(sql, " ORDER BY ");
    if (order->literal)
        sql_put(sql, order->descending ? "{} DESC, " : "{}, ", SQL(order->literal));
    sql_put(sql, order->created_descending ? "s.created DESC, s.case_id DESC" : "s.created, s.case_id");
}

/* Rows after the cursor in the order that is read. */
static void add_cursor(struct sql *sql, const struct order *order, const struct case_cursor *cursor)
{
    if (!cursor->set)
        return;
    sql_put(sql, " AND (");
    struct db_value value = order->text ? DB_TEXT(cursor->text) : DB_INT(cursor->value);
    if (order->literal)
        sql_put(sql, "{} {} ? OR ({} = ? AND ", SQL(order->literal), SQL(order->descending ? "<" : ">"), value,
                SQL(order->literal), value);
    sql_put(sql, "(s.created, s.case_id) {} (?, ?))", SQL(order->created_descending ? "<" : ">"),
            DB_INT(cursor->created), DB_INT(cursor->id));
    if (order->literal)
        sql_put(sql, ")");
}

/* --- the two shapes of the list ------------------------------------------------------------------------------------------------------ */

/*
 * Newest (or oldest) first without words: a short index range for each scope, merged. Costs what the page shows.
 */
static void add_merged_page(struct sql *sql, const struct search *search, const struct order *order, int64_t limit)
{
    bool filtered = filters_case(search->criteria), lazily = dialect_merges_lazily(db_conn_engine(search->visit->db));
    for (size_t i = 0; i < search->scope_count; i++) {
        sql_put(sql, "{}{}SELECT s.created, s.case_id FROM ", SQL(i ? " UNION " : ""),
                SQL(lazily ? "" : "SELECT * FROM ("));
        add_relation(sql, search);
        sql_put(sql, filtered ? " CROSS JOIN cases c WHERE c.id = s.case_id AND " : " WHERE ");
        add_one_scope(sql, search, i);
        add_dates(sql, search->criteria);
        add_cursor(sql, order, &search->criteria->after);
        if (filtered)
            add_filters(sql, search->criteria);
        if (lazily)
            continue;
        add_order(sql, order);
        sql_put(sql, " LIMIT ?) AS part", DB_INT(limit));
    }
    if (lazily)
        sql_put(sql, order->created_descending ? " ORDER BY 1 DESC, 2 DESC LIMIT ?" : " ORDER BY 1, 2 LIMIT ?",
                DB_INT(limit));
}

/* All matches of all scopes, each once. */
static void add_matches(struct sql *sql, const struct search *search)
{
    bool filtered = filters_case(search->criteria);
    sql_put(sql, "SELECT DISTINCT s.created, s.case_id FROM ");
    add_relation(sql, search);
    sql_put(sql, filtered ? " CROSS JOIN cases c WHERE c.id = s.case_id AND " : " WHERE ");
    add_scope_condition(sql, search);
    add_dates(sql, search->criteria);
    add_words(sql, search);
    if (filtered)
        add_filters(sql, search->criteria);
}

/* The same cut to a page before anything else of a case is read; only for orders that case_scope itself holds. */
static void add_page_of_matches(struct sql *sql, const struct search *search, const struct order *order, int64_t limit)
{
    add_matches(sql, search);
    add_cursor(sql, order, &search->criteria->after);
    add_order(sql, order);
    sql_put(sql, " LIMIT ?", DB_INT(limit));
}

static bool may_merge(const struct search *search)
{
    return !search->criteria->word_count && !search->more_scopes && search->scope_count <= MERGE_CAP;
}

static void add_head(struct sql *sql, const struct search *search, const struct case_column *columns,
                     size_t column_count)
{
    const char *sort_literal = search->criteria->sort == SORT_TITLE ? "c.title" : "c.number";
    sql_put(sql, "SELECT s.case_id, s.created, c.number, c.status, {}", SQL(sort_literal));
    columns_select(sql, columns, column_count);
    sql_put(sql, " FROM (");
}

/* limit 0: all. The CROSS JOIN keeps the visible cases on the outside: nothing walks the table of all cases. */
static void build_list(struct sql *sql, const struct search *search, const struct case_column *columns,
                       size_t column_count, int64_t limit)
{
    struct order order = order_of(search);
    add_head(sql, search, columns, column_count);
    bool cut = limit && search->criteria->sort == SORT_CREATED;
    if (cut && may_merge(search))
        add_merged_page(sql, search, &order, limit);
    else if (cut)
        add_page_of_matches(sql, search, &order, limit);
    else
        add_matches(sql, search);
    sql_put(sql, ") s CROSS JOIN cases c{} WHERE c.id = s.case_id", SQL(COLUMNS_JOINS));
    if (limit && !cut)
        add_cursor(sql, &order, &search->criteria->after);
    add_order(sql, &order);
    if (limit)
        sql_put(sql, " LIMIT ?", DB_INT(limit));
}

/* --- reading ---------------------------------------------------------------------------------------------------------------------------- */

static struct case_row read_row(struct search *search, const struct db_rows *rows, const struct case_column *columns,
                                size_t column_count, struct arena *arena)
{
    return (struct case_row){
        .id = db_int(rows, 0),
        .created = db_int(rows, 1),
        .number = db_text_copy(rows, 2, arena),
        .sort_value = db_int(rows, 3),
        .sort_text = db_text_copy(rows, 4, arena),
        .values = columns_read(search->visit, rows, 5, columns, column_count, arena),
    };
}

static void reverse(struct case_row *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct case_row kept = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = kept;
    }
}

bool search_page_of(struct visit *visit, const struct criteria *criteria, const struct case_column *columns,
                    size_t column_count, struct case_page *page, struct err *err)
{
    struct search search;
    size_t size = (size_t)criteria->page_size;
    *page = (struct case_page){0};
    if (!search_begin(&search, visit, criteria, err))
        return false;
    if (finds_nothing(&search))
        return true;
    struct case_row *made = ARENA_ARRAY(visit->arena, struct case_row, size + 1);
    size_t count = 0;
    struct sql sql = sql_start(visit->arena, "");
    build_list(&sql, &search, columns, column_count, (int64_t)size + 1);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (rows && db_next(rows) && count <= size)
        made[count++] = read_row(&search, rows, columns, column_count, visit->arena);
    if (!db_done(rows, err))
        return false;
    bool beyond = count > size;
    page->count = beyond ? size : count;
    if (search.backwards)
        reverse(made, page->count);
    page->rows = made;
    page->has_previous = search.backwards ? beyond : criteria->after.set;
    page->has_next = search.backwards ? true : beyond;
    return true;
}

/* Emptied every so many rows, so that an export of a million cases needs no more memory than one of a thousand. */
#define EACH_ROWS 200

bool search_each(struct visit *visit, const struct criteria *criteria, const struct case_column *columns,
                 size_t column_count, bool (*each)(void *context, const struct case_row *row, struct err *err),
                 void *context, struct err *err)
{
    struct search search;
    if (!search_begin(&search, visit, criteria, err))
        return false;
    if (finds_nothing(&search))
        return true;
    search.backwards = false;
    struct sql sql = sql_start(visit->arena, "");
    build_list(&sql, &search, columns, column_count, 0);
    struct arena *arena = arena_create();
    struct err failure = {0};
    bool ok = true;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    for (size_t n = 1; ok && rows && db_next(rows); n++) {
        struct case_row row = read_row(&search, rows, columns, column_count, arena);
        ok = each(context, &row, &failure);
        if (n % EACH_ROWS == 0)
            arena_reset(arena);
    }
    bool done = db_done(rows, err);
    arena_destroy(arena);
    if (!ok && err)
        *err = failure;
    return ok && done;
}

/* --- counting ------------------------------------------------------------------------------------------------------------------------------ */

static void build_count(struct sql *sql, const struct search *search)
{
    bool filtered = filters_case(search->criteria);
    bool once = search->scope_count == 1 && !search->more_scopes;
    sql_put(sql, once ? "SELECT count(*) FROM " : "SELECT count(DISTINCT s.case_id) FROM ");
    add_relation(sql, search);
    sql_put(sql, filtered ? " CROSS JOIN cases c WHERE c.id = s.case_id AND " : " WHERE ");
    add_scope_condition(sql, search);
    add_dates(sql, search->criteria);
    add_words(sql, search);
    if (filtered)
        add_filters(sql, search->criteria);
}

static bool count_now(struct visit *visit, const struct search *search, int64_t *total, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "");
    build_count(&sql, search);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    *total = rows && db_next(rows) ? db_int(rows, 0) : 0;
    return db_done(rows, err);
}

static struct str count_key(const struct search *search)
{
    struct visit *visit = search->visit;
    struct buf key;
    buf_init(&key, visit->arena);
    if (search->more_scopes)
        buf_printf(&key, "contact %lld", (long long)visit->actor.contact_id);
    if (search->everything)
        buf_z(&key, "everything ");
    for (size_t i = 0; !search->more_scopes && !search->everything && i < search->scope_count; i++)
        buf_printf(&key, "%lld ", (long long)search->scopes[i]);
    buf_str(&key, criteria_key(visit->arena, search->criteria));
    return buf_text(&key);
}

/* The generation is read before counting: a change meanwhile makes the kept count stale, never wrong. */
bool search_count(struct visit *visit, const struct criteria *criteria, int64_t *total, struct err *err)
{
    struct search search;
    int64_t generation = 0;
    *total = 0;
    if (!search_begin(&search, visit, criteria, err))
        return false;
    if (finds_nothing(&search))
        return true;
    if (!generation_read(visit->db, &generation, err))
        return false;
    struct str key = count_key(&search);
    if (count_cache_get(key, generation, total))
        return true;
    if (!count_now(visit, &search, total, err))
        return false;
    count_cache_put(key, generation, *total);
    return true;
}

bool cases_newest_open(struct visit *visit, size_t limit, struct case_brief **cases, size_t *count, struct err *err)
{
    struct criteria criteria = {
        .status = STATUS_OPEN, .status_text = STR("open"), .descending = true, .page_size = (int)limit};
    static const struct case_column COLUMNS[] = {
        {.kind = COLUMN_TEXT, .code_literal = "c.title"},
        {.kind = COLUMN_STATUS, .code_literal = "c.status"},
        {.kind = COLUMN_REGISTER, .code_literal = "o.number", .text_literal = "o.name"},
    };
    struct case_page page;
    *count = 0;
    if (!search_page_of(visit, &criteria, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, &page, err))
        return false;
    *cases = ARENA_ARRAY(visit->arena, struct case_brief, page.count);
    *count = page.count;
    for (size_t i = 0; i < page.count; i++) {
        const struct case_row *row = &page.rows[i];
        (*cases)[i] = (struct case_brief){
            row->id, row->number, row->values[0].text, row->values[1].status, row->values[2].text, row->created};
    }
    return true;
}
