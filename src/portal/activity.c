#include "base/arena.h"
#include "portal/portal.h"

#include <pthread.h>
#include <string.h>

/*
 * A page that only reads must not wait for the one writer of SQLite, which an import may hold for a minute. So the moments
 * are gathered here and a loop of the web process writes them every few seconds. When the table is full, the session
 * is noted by its next request.
 */
enum { SLOTS = 1024, HASH_BYTES = 64 };

static struct slot {
    char hash[HASH_BYTES];
    int64_t seen_us;
} slots[SLOTS];
static size_t used;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void activity_note(struct str token_hash, int64_t now_us)
{
    if (token_hash.n != HASH_BYTES)
        return;
    (void)pthread_mutex_lock(&lock);
    size_t at = 0;
    while (at < used && memcmp(slots[at].hash, token_hash.p, HASH_BYTES) != 0)
        at++;
    if (at < SLOTS) {
        memcpy(slots[at].hash, token_hash.p, HASH_BYTES);
        slots[at].seen_us = now_us;
        if (at == used)
            used++;
    }
    (void)pthread_mutex_unlock(&lock);
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

struct moments {
    struct slot *items;
    size_t count;
};

static bool write_moments(struct db_conn *conn, void *context, struct err *err)
{
    const struct moments *moments = context;
    for (size_t i = 0; i < moments->count; i++) {
        struct str hash = {moments->items[i].hash, HASH_BYTES};
        /* A digest is of one of the two tables. */
        if (!db_exec(conn, "UPDATE session SET last_seen = $2 WHERE token_hash = $1 AND last_seen < $2",
                     DB_ARGS(DB_TEXT(hash), DB_INT(moments->items[i].seen_us)), err) ||
            !db_exec(conn, "UPDATE staff_session SET last_seen = $2 WHERE token_hash = $1 AND last_seen < $2",
                     DB_ARGS(DB_TEXT(hash), DB_INT(moments->items[i].seen_us)), err))
            return false;
    }
    return true;
}

bool activity_flush(struct db_conn *conn, struct err *err)
{
    struct arena *arena = arena_create();
    struct moments moments = {.items = ARENA_ARRAY(arena, struct slot, SLOTS)};
    moments.count = take_all(moments.items);
    bool ok = moments.count == 0 || db_transaction(conn, write_moments, &moments, err);
    if (!ok) { /* kept for the next turn: a long import is no reason to end sessions that are in use */
        for (size_t i = 0; i < moments.count; i++)
            activity_note((struct str){moments.items[i].hash, HASH_BYTES}, moments.items[i].seen_us);
    }
    arena_destroy(arena);
    return ok;
}
