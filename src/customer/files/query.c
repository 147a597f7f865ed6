#include "customer/files/query.h"

#include "access/visibility.h"
#include "customer/files/place.h"

/* --- columns ------------------------------------------------------------------------------------------------------ */

/* The columns of read_row, followed by the sort value. */
static const char HEAD_SV[] =
    "SELECT f.id, f.key, f.name, f.media_type, f.size, f.digest, f.created, f.object_id, cat.key,"
    " COALESCE(cat.label_sv, ''), cu.number, cu.name, o.number, o.name, c.number, c.title";
static const char HEAD_EN[] =
    "SELECT f.id, f.key, f.name, f.media_type, f.size, f.digest, f.created, f.object_id, cat.key,"
    " COALESCE(NULLIF(cat.label_en, ''), cat.label_sv, ''), cu.number, cu.name, o.number,"
    " o.name, c.number, c.title";
#define FILE_JOINS                                                                                                     \
    " LEFT JOIN picklist_item cat ON cat.id = f.category_id"                                                           \
    " LEFT JOIN customer cu ON cu.id = f.customer_id LEFT JOIN object o ON o.id = f.object_id"                         \
    " LEFT JOIN cases c ON c.id = f.case_id"

static struct file_row files_query_read_row(const struct db_rows *rows, struct arena *arena)
{
    bool customer = !db_null(rows, 10), object = !db_null(rows, 12);
    int owner = customer ? 10 : object ? 12 : 14;
    return (struct file_row){
        .id = db_int(rows, 0),
        .key = db_text_copy(rows, 1, arena),
        .name = db_text_copy(rows, 2, arena),
        .media_type = db_text_copy(rows, 3, arena),
        .size = db_int(rows, 4),
        .digest = db_text_copy(rows, 5, arena),
        .created = db_int(rows, 6),
        .object_id = db_int(rows, 7),
        .category = db_text_copy(rows, 8, arena),
        .category_label = db_text_copy(rows, 9, arena),
        .owner = customer ? OWNER_CUSTOMER
                 : object ? OWNER_OBJECT
                          : OWNER_CASE,
        .owner_number = db_text_copy(rows, owner, arena),
        .owner_name = db_text_copy(rows, owner + 1, arena),
    };
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

/* A search word matches anywhere in the name of the file, or in the name or number of the file owner. */
static void files_query_add_words(struct sql *sql, const struct file_criteria *criteria)
{
    for (size_t i = 0; i < criteria->word_count; i++)
        sql_put(sql,
                " AND lower((f.name || ' ' || COALESCE(cu.number || ' ' || cu.name, o.number || ' ' || o.name,"
                " c.number || ' ' || c.title, '')) COLLATE \"sv-natural\") LIKE ?",
                DB_TEXT(arena_printf(sql->text.arena, "%%%.*s%%", STR_FMT(criteria->words[i]))));
}

static void add_owner(struct sql *sql, enum file_owner_kind owner)
{
    if (owner == OWNER_CUSTOMER)
        sql_put(sql, " AND f.customer_id IS NOT NULL");
    else if (owner == OWNER_OBJECT)
        sql_put(sql, " AND f.object_id IS NOT NULL");
    else if (owner == OWNER_CASE)
        sql_put(sql, " AND f.case_id IS NOT NULL");
}

static void files_query_add_register(struct sql *sql, const char *literal, struct str number)
{
    if (!number.n)
        return;
    sql_put(sql, "{}?)", SQL(literal), DB_TEXT(number));
}

static void add_filters(struct sql *sql, const struct file_criteria *criteria)
{
    add_owner(sql, criteria->owner);
    if (criteria->category.n)
        sql_put(sql, " AND cat.key = ?", DB_TEXT(criteria->category));
    files_query_add_register(
        sql, " AND COALESCE(f.customer_id, o.customer_id, c.customer_id) = (SELECT id FROM customer WHERE number = ",
        criteria->customer);
    files_query_add_register(
        sql, " AND COALESCE(f.object_id, c.object_id) = (SELECT id FROM object WHERE number = ", criteria->object);
    if (criteria->from_us)
        sql_put(sql, " AND f.created >= ?", DB_INT(criteria->from_us));
    if (criteria->to_us)
        sql_put(sql, " AND f.created < ?", DB_INT(criteria->to_us));
    files_query_add_words(sql, criteria);
}

/* The visible files come first in the query, so that it does not walk through the table of all files. */
static void add_matches(struct sql *sql, const struct visit *visit, const struct file_criteria *criteria)
{
    sql_put(sql, " FROM ");
    visible_files(sql, &visit->actor);
    sql_put(sql, " AS v CROSS JOIN file f" FILE_JOINS " WHERE f.id = v.id");
    add_filters(sql, criteria);
}

/* --- order -------------------------------------------------------------------------------------------------------- */

/* Returns SQL of the value that is sorted by before the id. Categories are sorted by their labels. */
static const char *sort_literal(const struct visit *visit, enum file_sort sort)
{
    switch (sort) {
    case FILES_BY_NAME:
        return "f.name COLLATE \"sv-natural\"";
    case FILES_BY_SIZE:
        return "f.size";
    case FILES_BY_CATEGORY:
        return visit->view.lang == LANG_EN
                   ? "COALESCE(NULLIF(cat.label_en, ''), cat.label_sv, '') COLLATE \"sv-natural\""
                   : "COALESCE(cat.label_sv, '') COLLATE \"sv-natural\"";
    case FILES_BY_CREATED:
    default:
        return "f.created";
    }
}

static void files_query_add_order(struct sql *sql, const struct visit *visit, enum file_sort sort, bool descending)
{
    sql_put(sql, descending ? " ORDER BY {} DESC, f.id DESC" : " ORDER BY {}, f.id", SQL(sort_literal(visit, sort)));
}

/*
 * Finds the file that a page begins after. Starting from a file keeps the place in the list, whatever files were added
 * meanwhile.
 */
static bool find_anchor(struct visit *visit, struct str key, struct file_row *anchor, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "{} FROM file f" FILE_JOINS " WHERE f.key = ? AND ",
                               SQL(visit->view.lang == LANG_EN ? HEAD_EN : HEAD_SV), DB_TEXT(key));
    visible_file(&sql, &visit->actor);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    bool found = db_next(rows);
    if (found)
        *anchor = files_query_read_row(rows, visit->arena);
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_INVALID, _("This page of the list cannot be found. Start from the first page."),
                            "the file of a cursor");
}

static struct db_value anchor_value(enum file_sort sort, const struct file_row *anchor)
{
    if (sort == FILES_BY_NAME)
        return DB_TEXT(anchor->name);
    if (sort == FILES_BY_CATEGORY)
        return DB_TEXT(anchor->category_label);
    return DB_INT(sort == FILES_BY_SIZE ? anchor->size : anchor->created);
}

static void files_query_add_cursor(struct sql *sql, const struct visit *visit, enum file_sort sort, bool descending,
                                   const struct file_row *anchor)
{
    const char *order_literal = sort_literal(visit, sort), *side_literal = descending ? "<" : ">";
    struct db_value value = anchor_value(sort, anchor);
    sql_put(sql, " AND ({} {} ? OR ({} = ? AND f.id {} ?))", SQL(order_literal), SQL(side_literal), value,
            SQL(order_literal), value, SQL(side_literal), DB_INT(anchor->id));
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static void files_query_build_list(struct sql *sql, const struct visit *visit, const struct file_criteria *criteria)
{
    *sql = sql_start(visit->arena, visit->view.lang == LANG_EN ? HEAD_EN : HEAD_SV);
    add_matches(sql, visit, criteria);
}

static bool files_query_read_rows(struct visit *visit, const struct sql *sql, size_t cap, struct file_row **made,
                                  size_t *count, struct err *err)
{
    *made = ARENA_ARRAY(visit->arena, struct file_row, cap);
    *count = 0;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, sql, err);
    while (db_next(rows) && *count < cap)
        (*made)[(*count)++] = files_query_read_row(rows, visit->arena);
    return db_done(rows, err);
}

static void files_query_reverse(struct file_row *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct file_row kept = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = kept;
    }
}

bool files_page_of(struct visit *visit, const struct file_criteria *criteria, struct file_page *page, struct err *err)
{
    size_t size = (size_t)criteria->page_size;
    bool descending = criteria->descending != criteria->backwards;
    struct file_row anchor = {0};
    struct sql sql;
    *page = (struct file_page){0};
    files_query_build_list(&sql, visit, criteria);
    if (criteria->after.n) {
        if (!find_anchor(visit, criteria->after, &anchor, err))
            return false;
        files_query_add_cursor(&sql, visit, criteria->sort, descending, &anchor);
    }
    files_query_add_order(&sql, visit, criteria->sort, descending);
    sql_put(&sql, " LIMIT ?", DB_INT(criteria->page_size + 1));
    if (!files_query_read_rows(visit, &sql, size + 1, &page->rows, &page->count, err))
        return false;
    bool beyond = page->count > size;
    page->count = beyond ? size : page->count;
    if (criteria->backwards)
        files_query_reverse(page->rows, page->count);
    page->has_previous = criteria->backwards ? beyond : criteria->after.n > 0;
    page->has_next = criteria->backwards || beyond;
    return places_fill(visit, page->rows, page->count, err);
}

bool files_count(struct visit *visit, const struct file_criteria *criteria, int64_t *count, int64_t *bytes,
                 struct err *err)
{
    *count = *bytes = 0;
    struct sql sql = sql_start(visit->arena, "SELECT count(*), COALESCE(CAST(sum(f.size) AS BIGINT), 0)");
    add_matches(&sql, visit, criteria);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    if (db_next(rows)) {
        *count = db_int(rows, 0);
        *bytes = db_int(rows, 1);
    }
    return db_done(rows, err);
}

/* The arena is emptied after this many rows, so that many files need no more memory than few. */
#define EACH_ROWS 200

struct matches {
    const struct visit *visit;
    const struct file_criteria *criteria;
};

static void add_objects(struct sql *sql, const void *context)
{
    const struct matches *matches = context;
    sql_put(sql, "SELECT f.object_id");
    add_matches(sql, matches->visit, matches->criteria);
}

bool files_each(struct visit *visit, const struct file_criteria *criteria,
                bool (*each)(void *context, const struct file_row *row, struct err *err), void *context,
                struct err *err)
{
    struct places places;
    struct sql sql;
    const struct matches matches = {visit, criteria};
    if (!places_load(visit, add_objects, &matches, &places, err))
        return false;
    files_query_build_list(&sql, visit, criteria);
    files_query_add_order(&sql, visit, criteria->sort, criteria->descending);
    struct arena *arena = arena_create();
    struct err failure = {.kind = ERR_NONE};
    bool ok = true;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    for (size_t n = 1; ok && db_next(rows); n++) {
        struct file_row row = files_query_read_row(rows, arena);
        row.place = place_of(&places, row.object_id);
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

bool files_first(struct visit *visit, const struct file_criteria *criteria, size_t cap, struct file_row **rows,
                 size_t *count, struct err *err)
{
    struct sql sql;
    files_query_build_list(&sql, visit, criteria);
    files_query_add_order(&sql, visit, criteria->sort, criteria->descending);
    sql_put(&sql, " LIMIT ?", DB_INT((int64_t)cap));
    return files_query_read_rows(visit, &sql, cap, rows, count, err);
}

/* --- by key ------------------------------------------------------------------------------------------------------- */

static size_t without_doubles(struct arena *arena, const struct str *keys, size_t key_count, struct str **once)
{
    size_t count = 0;
    *once = ARENA_ARRAY(arena, struct str, key_count);
    for (size_t i = 0; i < key_count; i++) {
        bool seen = false;
        for (size_t k = 0; k < count && !seen; k++)
            seen = str_eq((*once)[k], keys[i]);
        if (!seen)
            (*once)[count++] = keys[i];
    }
    return count;
}

bool files_of_keys(struct visit *visit, const struct str *keys, size_t key_count, struct file_row **rows, size_t *count,
                   struct err *err)
{
    struct str *once;
    size_t wanted = without_doubles(visit->arena, keys, key_count, &once);
    struct sql sql = sql_start(visit->arena, "{} FROM file f" FILE_JOINS " WHERE f.key IN (",
                               SQL(visit->view.lang == LANG_EN ? HEAD_EN : HEAD_SV));
    for (size_t i = 0; i < wanted; i++)
        sql_put(&sql, "{}?", SQL(i ? ", " : ""), DB_TEXT(once[i]));
    sql_put(&sql, ") AND ");
    visible_file(&sql, &visit->actor);
    sql_put(&sql, " ORDER BY f.created DESC, f.id DESC");
    if (!files_query_read_rows(visit, &sql, wanted, rows, count, err))
        return false;
    return *count == wanted || err_set(err, ERR_NOT_FOUND, NULL, "a file that is not there for this actor");
}
