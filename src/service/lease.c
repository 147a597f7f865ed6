#include "service/lease.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include <sodium.h>

/* Leaves time for several tries before a lease ends. */
#define RENEW_SECONDS 5

enum { HOLDER_BYTES = 16 };

static char holder[HOLDER_BYTES * 2 + 1];

void lease_name_holder(void)
{
    unsigned char bytes[HOLDER_BYTES];
    random_bytes(bytes, sizeof bytes);
    (void)sodium_bin2hex(holder, sizeof holder, bytes, sizeof bytes);
}

static struct str own_name(void)
{
    return str_of(holder);
}

bool lease_take(struct db_conn *conn, const char *name, bool *mine, struct err *err)
{
    int64_t now = 0;
    *mine = false;
    if (!db_now(conn, &now, err) ||
        !db_exec(conn,
                 "INSERT INTO lease (name, holder, ends) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE"
                 " SET holder = excluded.holder, ends = excluded.ends WHERE lease.holder = $2 OR lease.ends < $4",
                 DB_ARGS(DB_TEXT(str_of(name)), DB_TEXT(own_name()), DB_INT(now + LEASE_SECONDS * US_PER_SECOND),
                         DB_INT(now)),
                 err))
        return false;
    *mine = db_changes(conn) == 1;
    return true;
}

bool lease_hold(struct db_conn *conn, const char *name, struct err *err)
{
    int64_t now = 0;
    if (!db_now(conn, &now, err) ||
        !db_exec(conn, "UPDATE lease SET ends = $3 WHERE name = $1 AND holder = $2",
                 DB_ARGS(DB_TEXT(str_of(name)), DB_TEXT(own_name()), DB_INT(now + LEASE_SECONDS * US_PER_SECOND)), err))
        return false;
    return db_changes(conn) == 1 || err_set(err, ERR_CONFLICT, NULL, "the lease of %s was lost", name);
}

bool lease_release(struct db_conn *conn, const char *name, struct err *err)
{
    return db_exec(conn, "DELETE FROM lease WHERE name = $1 AND holder = $2",
                   DB_ARGS(DB_TEXT(str_of(name)), DB_TEXT(own_name())), err);
}

bool lease_release_all(struct db_conn *conn, struct err *err)
{
    return db_exec(conn, "DELETE FROM lease WHERE holder = $1", DB_ARGS(DB_TEXT(own_name())), err);
}

/* --- keeping a lease ---------------------------------------------------------------------------------------------- */

struct lease_keeper {
    struct db *db;
    const char *name;
    pthread_t thread;
    pthread_mutex_t lock; /* guards stopping */
    pthread_cond_t told;
    bool stopping;
};

static void renew(const struct lease_keeper *keeper)
{
    struct err err = {.kind = ERR_NONE};
    bool mine = false;
    struct db_conn *conn = db_acquire(keeper->db, &err);
    if (!conn || !lease_take(conn, keeper->name, &mine, &err))
        log_event(LOG_WARN, "lease_not_renewed", LOG_Z("of", keeper->name), LOG_Z("detail", err.detail));
    else if (!mine)
        log_event(LOG_WARN, "lease_lost", LOG_Z("of", keeper->name));
    db_release(conn);
}

static void *lease_keep(void *context)
{
    struct lease_keeper *keeper = context;
    (void)pthread_mutex_lock(&keeper->lock);
    while (!keeper->stopping) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += RENEW_SECONDS;
        (void)pthread_cond_timedwait(&keeper->told, &keeper->lock, &until);
        if (keeper->stopping)
            break;
        (void)pthread_mutex_unlock(&keeper->lock);
        renew(keeper);
        (void)pthread_mutex_lock(&keeper->lock);
    }
    (void)pthread_mutex_unlock(&keeper->lock);
    return NULL;
}

struct lease_keeper *lease_keeper_start(struct db *db, const char *name, struct err *err)
{
    struct lease_keeper *keeper = calloc(1, sizeof *keeper);
    if (keeper) {
        keeper->db = db;
        keeper->name = name;
        (void)pthread_mutex_init(&keeper->lock, NULL);
        (void)pthread_cond_init(&keeper->told, NULL);
        if (pthread_create(&keeper->thread, NULL, lease_keep, keeper) == 0)
            return keeper;
        free(keeper);
    }
    (void)err_set(err, ERR_INTERNAL, NULL, "no thread to keep a lease");
    return NULL;
}

void lease_keeper_stop(struct lease_keeper *keeper)
{
    if (!keeper)
        return;
    (void)pthread_mutex_lock(&keeper->lock);
    keeper->stopping = true;
    (void)pthread_cond_signal(&keeper->told);
    (void)pthread_mutex_unlock(&keeper->lock);
    (void)pthread_join(keeper->thread, NULL);
    (void)pthread_cond_destroy(&keeper->told);
    (void)pthread_mutex_destroy(&keeper->lock);
    free(keeper);
}
