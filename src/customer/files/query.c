/* The SQL of the files that the actor may see (access/visibility.h decides). */
#include "access/visibility.h"
#include "customer/files/internal.h"
#include "parts/file_list/file_list.h"

/* The deepest tree of objects. The limit makes every walk upwards end, whatever the data says. */
#define DEPTH_LIMIT 20

/* Adds the files that match. The visible files come first, so that the table of all files is not walked through. */
static void files_matches_add(struct sql *sql, const struct list_query *query)
{
    visible_files(sql, &query->visit->actor);
    sql_put(sql, " AS v CROSS JOIN " FILE_TABLES);
}

/* The names of the columns that orders use are those of the table. */
bool files_find(struct list_query *query, int64_t limit, struct err *err)
{
    struct arena *arena = query->visit->arena;
    struct found_files *found = ARENA_NEW(arena, struct found_files);
    struct sql sql = sql_start(arena, "WITH f AS MATERIALIZED (SELECT f.id, f.object_id, f.size, f.created, f.name,"
                                      " f.category_id FROM ");
    files_matches_add(&sql, query);
    sql_put(&sql, " WHERE f.id = v.id");
    list_conditions(&sql, query);
    sql_put(&sql, ") SELECT sums.total, sums.bytes, part.id, part.object_id FROM (SELECT count(*) AS total,"
                  " COALESCE(CAST(sum(size) AS BIGINT), 0) AS bytes FROM f) sums LEFT JOIN"
                  " (SELECT f.id, f.object_id FROM f WHERE 1 = 1");
    list_add_place(&sql, query);
    list_add_order(&sql, query);
    sql_put(&sql, " LIMIT ?) part ON 1 = 1", DB_INT(limit));
    found->ids = ARENA_ARRAY(arena, int64_t, (size_t)limit);
    found->objects = ARENA_ARRAY(arena, int64_t, (size_t)limit);
    query->kept = found;
    int64_t id, object;
    struct db_rows *rows = db_query_sql(query->visit->db, arena, &sql, err);
    while (db_read_next(rows, TO(&found->total), TO(&found->bytes), TO(&id), TO(&object))) {
        if (!id || found->count == (size_t)limit)
            continue;
        found->objects[found->count] = object;
        found->ids[found->count++] = id;
    }
    return db_done(rows, err);
}

static void ids_add(struct sql *sql, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sql_put(sql, "{}?", SQL(i ? ", " : ""), DB_INT(ids[i]));
}

/*
 * Joins the place of the object in its tree: `Område › Fastighet › Maskin`. A place names only the objects that the
 * actor may see: a link to a machine does not reveal whose building it is in. `found`: the files that need a place, or
 * NULL for those of all visible objects.
 */
static void files_place_add(struct sql *sql, const struct visit *visit, const struct found_files *found)
{
    sql_put(sql, " LEFT JOIN (WITH RECURSIVE up (start, parent_id, level, path) AS (SELECT own.id, own.parent_id, 0,"
                 " own.name FROM object own WHERE own.id IN (");
    if (found) {
        ids_add(sql, found->objects, found->count);
    } else {
        sql_put(sql, "SELECT o.id FROM object o WHERE ");
        visible_object(sql, &visit->actor);
    }
    sql_put(sql, ") UNION ALL SELECT up.start, o.parent_id, up.level + 1, CASE WHEN ");
    visible_object(sql, &visit->actor);
    sql_put(sql,
            " THEN o.name || ' › ' || up.path ELSE up.path END FROM up JOIN object o ON o.id = up.parent_id"
            " WHERE up.level < ?) SELECT up.start, up.path FROM up WHERE up.parent_id IS NULL OR up.level = ?) place"
            " ON place.start = f.object_id",
            DB_INT(DEPTH_LIMIT), DB_INT(DEPTH_LIMIT));
}

bool files_source(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err)
{
    if (limit && !query->kept && !files_find(query, limit, err))
        return false;
    const struct found_files *found = limit ? query->kept : NULL;
    if (found) {
        *nothing = !found->count;
        sql_put(sql, FILE_TABLES);
    } else {
        files_matches_add(sql, query);
    }
    files_place_add(sql, query->visit, found);
    if (found) {
        sql_put(sql, " WHERE f.id IN (");
        ids_add(sql, found->ids, found->count);
        sql_put(sql, ")");
    } else {
        sql_put(sql, " WHERE f.id = v.id");
        list_conditions(sql, query);
    }
    list_add_order(sql, query);
    return true;
}

bool files_count(struct list_query *query, int64_t *total, struct err *err)
{
    if (!files_find(query, query->page_size + 1, err))
        return false;
    *total = ((const struct found_files *)query->kept)->total;
    return true;
}

/* --- some files --------------------------------------------------------------------------------------------------- */

static bool files_read(struct visit *visit, struct sql *sql, size_t cap, struct file **files, size_t *count,
                       struct err *err)
{
    sql_put(sql, " ORDER BY f.name COLLATE \"sv-natural\", f.created DESC, f.id DESC");
    *files = ARENA_ARRAY(visit->arena, struct file, cap);
    *count = 0;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, sql, err);
    while (db_next(rows) && *count < cap)
        (*files)[(*count)++] = file_read(rows);
    return db_done(rows, err);
}

bool files_of_keys(struct visit *visit, const struct str *keys, size_t key_count, struct file **files, size_t *count,
                   struct err *err)
{
    struct sql sql = sql_start(visit->arena, "{}f.key IN (", SQL(file_select_literals[visit->view.lang]));
    size_t wanted = 0;
    for (size_t i = 0; i < key_count; i++) {
        bool twice = false;
        for (size_t k = 0; k < i && !twice; k++)
            twice = str_eq(keys[k], keys[i]);
        if (!twice)
            sql_put(&sql, "{}?", SQL(wanted++ ? ", " : ""), DB_TEXT(keys[i]));
    }
    sql_put(&sql, ") AND ");
    visible_file(&sql, &visit->actor);
    if (!files_read(visit, &sql, wanted, files, count, err))
        return false;
    return *count == wanted || err_set(err, ERR_NOT_FOUND, NULL, "a file that is not there for this actor");
}

bool files_of_found(struct visit *visit, const struct found_files *found, struct file **files, size_t *count,
                    struct err *err)
{
    struct sql sql = sql_start(visit->arena, "{}f.id IN (", SQL(file_select_literals[visit->view.lang]));
    ids_add(&sql, found->ids, found->count);
    sql_put(&sql, ")");
    return files_read(visit, &sql, found->count, files, count, err);
}
