/*
 * Stores how each staff user wants their lists: the columns, and the last search. The search is written later, so that
 * the page need not wait. Keeps the last search of customers.
 */
#include "lists/internal.h"
#include "portal/write_behind.h"

#include <inttypes.h>

enum { SLOTS = 128, QUERY_BYTES = 1000 };

/* Returns the key of a queued search, user and list: `7 cases`. */
static struct str staff_list_key(const struct visit *visit, const char *list)
{
    return arena_printf(visit->arena, "%" PRId64 " %s", visit->staff.id, list);
}

static bool staff_list_write(struct db_conn *conn, struct str key, struct str query, struct err *err)
{
    struct str list = key, user;
    int64_t staff_id = 0;
    if (!str_cut(&list, ' ', &user) || !str_to_int(user, &staff_id))
        return true;
    return db_exec(conn,
                   "INSERT INTO staff_list (staff_id, list, columns, query) VALUES ($1, $2, '', $3)"
                   " ON CONFLICT (staff_id, list) DO UPDATE SET query = excluded.query",
                   DB_ARGS(DB_INT(staff_id), DB_TEXT(list), DB_TEXT(query)), err);
}

static struct write_behind queries = WRITE_BEHIND(SLOTS, staff_list_write);

static void staff_list_put(const struct visit *visit, const char *list, struct str query)
{
    if (query.n <= QUERY_BYTES)
        write_behind_put(&queries, staff_list_key(visit, list), query);
}

void staff_list_keep(struct visit *visit, const char *list, struct str url)
{
    ptrdiff_t mark = str_find_char(url, '?');
    if (http_param(&visit->request->query, STAFF_LIST_KEEP).n)
        staff_list_put(visit, list, mark < 0 ? STR_NONE : str_slice(url, (size_t)mark, url.n));
}

bool staff_list_resume(struct visit *visit, const char *list, bool *resumed, struct err *err)
{
    struct staff_list wanted;
    *resumed = false;
    if (visit->request->query_text.n)
        return true;
    if (!staff_list_load(visit, list, &wanted, err))
        return false;
    *resumed = wanted.query.n > 0;
    return !*resumed || visit_redirect(visit, arena_printf(visit->arena, "/staff/%s%.*s", list, STR_FMT(wanted.query)));
}

bool staff_list_load(struct visit *visit, const char *list, struct staff_list *wanted, struct err *err)
{
    *wanted = (struct staff_list){.columns = STR_NONE};
    bool found = false;
    if (!db_find(visit->db, visit->arena, "SELECT columns, query FROM staff_list WHERE staff_id = $1 AND list = $2",
                 DB_ARGS(DB_INT(visit->staff.id), DB_TEXT(str_of(list))),
                 DB_TARGETS(TO(&wanted->columns), TO(&wanted->query)), &found, err))
        return false;
    (void)write_behind_get(&queries, visit->arena, staff_list_key(visit, list), &wanted->query);
    return true;
}

bool staff_list_set_columns(struct visit *visit, const char *list, struct str columns, struct err *err)
{
    return db_exec(visit->db,
                   "INSERT INTO staff_list (staff_id, list, columns, query) VALUES ($1, $2, $3, '')"
                   " ON CONFLICT (staff_id, list) DO UPDATE SET columns = excluded.columns",
                   DB_ARGS(DB_INT(visit->staff.id), DB_TEXT(str_of(list)), DB_TEXT(columns)), err);
}

/* --- the last search of customers: a cookie, because shared logins have several people ---------------------------- */

void list_result_keep(const struct list_query *query)
{
    struct visit *visit = query->visit;
    struct str url = list_address(query, "", STR_NONE, query->place.set ? &query->place : NULL);
    ptrdiff_t mark = str_find_char(url, '?');
    struct str search = mark < 0 ? STR_NONE : str_slice(url, (size_t)mark, url.n);
    if (search.n > QUERY_BYTES)
        search = STR_NONE;
    if (!str_eq(search, http_cookie_get(visit->request, RESULT_COOKIE)))
        http_cookie_set(visit->request, visit->response,
                        (struct http_cookie){.name = RESULT_COOKIE, .value = search, .max_age = search.n ? 0 : -1});
}

struct str list_result_address(struct visit *visit, const struct list *list, bool *searched)
{
    struct str search = http_cookie_get(visit->request, RESULT_COOKIE);
    *searched = str_starts(search, STR("?"));
    return *searched ? arena_printf(visit->arena, "%s%.*s", list->path, STR_FMT(search)) : str_of(list->path);
}
