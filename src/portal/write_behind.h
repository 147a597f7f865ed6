/*
 * What pages leave to be written later: a page that only reads must not wait for the one writer of SQLite, which an
 * import may hold for a minute. Values are gathered by key, and a loop of the web process writes them every few
 * seconds. When a queue is full a value is left out: each is of a kind that the next page brings again. Thread-safe
 * (lock: write_behind.lock).
 */
#ifndef KP_PORTAL_WRITE_BEHIND_H
#define KP_PORTAL_WRITE_BEHIND_H

#include "db/db.h"

#include <pthread.h>

struct write_behind {
    size_t limit; /* of values that wait */
    /* Writes one, in a transaction; may run again. */
    bool (*write)(struct db_conn *conn, struct str key, struct str value, struct err *err);
    pthread_mutex_t lock;
    struct arena *arena; /* of what waits now; NULL while nothing does */
    struct write_behind_item *items;
    size_t count;
};
#define WRITE_BEHIND(most, write_one)                                                                                  \
    {                                                                                                                  \
        .limit = (most), .write = (write_one), .lock = PTHREAD_MUTEX_INITIALIZER                                       \
    }

/* Leaves a value to be written; it takes the place of one with the same key that still waits. */
void write_behind_put(struct write_behind *queue, struct str key, struct str value);
/* The value of a key that waits, copied into the arena. False: none. */
bool write_behind_get(struct write_behind *queue, struct arena *arena, struct str key, struct str *value);
/* Writes what waits, in one transaction. When that fails it waits on, unless a newer value came meanwhile. */
bool write_behind_flush(struct write_behind *queue, struct db_conn *conn, struct err *err)
    __attribute__((warn_unused_result));

#endif
