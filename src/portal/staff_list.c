/*
 * How each of the staff wants his lists. What he searched by last is gathered here and written aside by a loop of the web process,
 * as activity.c does and for the same reason: a search waits for no writer. When the table is full, the next search is remembered.
 */
#include "portal/portal.h"

#include <pthread.h>
#include <string.h>

enum { SLOTS = 128, NAME_BYTES = 16, QUERY_BYTES = 1000 };

struct slot {
    int64_t staff_id;
    char list[NAME_BYTES];
    char query[QUERY_BYTES];
    size_t n;
};

static struct slot slots[SLOTS];
static size_t used;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Holding the lock. */
static struct slot *find(int64_t staff_id, const char *list)
{
    for (size_t i = 0; i < used; i++) {
        if (slots[i].staff_id == staff_id && strcmp(slots[i].list, list) == 0)
            return &slots[i];
    }
    return NULL;
}

static void note(int64_t staff_id, const char *list, struct str query, bool replace)
{
    if (query.n > QUERY_BYTES || strlen(list) >= NAME_BYTES)
        return;
    (void)pthread_mutex_lock(&lock);
    struct slot *slot = find(staff_id, list);
    bool fresh = !slot && used < SLOTS;
    if (fresh) {
        slot = &slots[used++];
        slot->staff_id = staff_id;
        strcpy(slot->list, list);
    }
    if (slot && (fresh || replace)) {
        if (query.n)
            memcpy(slot->query, query.p, query.n);
        slot->n = query.n;
    }
    (void)pthread_mutex_unlock(&lock);
}

void staff_list_keep(struct visit *visit, const char *list, struct str url)
{
    ptrdiff_t mark = str_find_char(url, '?');
    if (http_param(&visit->request->query, STAFF_LIST_KEEP).n)
        note(visit->staff.id, list, mark < 0 ? STR_NONE : str_slice(url, (size_t)mark, url.n), true);
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

static size_t take_all(struct slot *taken)
{
    (void)pthread_mutex_lock(&lock);
    size_t count = used;
    memcpy(taken, slots, count * sizeof *taken);
    used = 0;
    (void)pthread_mutex_unlock(&lock);
    return count;
}

struct queries {
    struct slot *items;
    size_t count;
};

static bool write_queries(struct db_conn *conn, void *context, struct err *err)
{
    const struct queries *queries = context;
    for (size_t i = 0; i < queries->count; i++) {
        const struct slot *slot = &queries->items[i];
        struct str query = {slot->query, slot->n};
        if (!db_exec(conn,
                     "INSERT INTO staff_list (staff_id, list, columns, query) VALUES ($1, $2, '', $3)"
                     " ON CONFLICT (staff_id, list) DO UPDATE SET query = excluded.query",
                     DB_ARGS(DB_INT(slot->staff_id), DB_TEXT(str_of(slot->list)), DB_TEXT(query)), err))
            return false;
    }
    return true;
}

bool staff_list_flush(struct db_conn *conn, struct err *err)
{
    struct arena *arena = arena_create();
    struct queries queries = {.items = ARENA_ARRAY(arena, struct slot, SLOTS)};
    queries.count = take_all(queries.items);
    bool ok = queries.count == 0 || db_transaction(conn, write_queries, &queries, err);
    for (size_t i = 0; !ok && i < queries.count; i++) /* kept for the next turn, unless a newer one came meanwhile */
        note(queries.items[i].staff_id, queries.items[i].list, (struct str){queries.items[i].query, queries.items[i].n},
             false);
    arena_destroy(arena);
    return ok;
}

bool staff_list_load(struct visit *visit, const char *list, struct staff_list *wanted, struct err *err)
{
    *wanted = (struct staff_list){.columns = STR_NONE};
    struct db_rows *rows =
        db_query(visit->db, visit->arena, "SELECT columns, query FROM staff_list WHERE staff_id = $1 AND list = $2",
                 DB_ARGS(DB_INT(visit->staff.id), DB_TEXT(str_of(list))), err);
    if (rows && db_next(rows)) {
        wanted->columns = db_text_copy(rows, 0, visit->arena);
        wanted->query = db_text_copy(rows, 1, visit->arena);
    }
    if (!db_done(rows, err))
        return false;
    (void)pthread_mutex_lock(&lock);
    const struct slot *slot = find(visit->staff.id, list);
    if (slot)
        wanted->query = arena_str(visit->arena, (struct str){slot->query, slot->n});
    (void)pthread_mutex_unlock(&lock);
    return true;
}

bool staff_list_set_columns(struct visit *visit, const char *list, struct str columns, struct err *err)
{
    return db_exec(visit->db,
                   "INSERT INTO staff_list (staff_id, list, columns, query) VALUES ($1, $2, $3, '')"
                   " ON CONFLICT (staff_id, list) DO UPDATE SET columns = excluded.columns",
                   DB_ARGS(DB_INT(visit->staff.id), DB_TEXT(str_of(list)), DB_TEXT(columns)), err);
}
