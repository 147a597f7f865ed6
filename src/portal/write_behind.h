/*
 * A queue of values that pages leave to be written to the database later. A page that only reads must not wait for
 * SQLite's single writer, which an import may block for a minute. Values are collected by key, and a loop of the web
 * process writes them every few seconds. When the queue is full, a value is dropped: every queue holds values that a
 * later page brings again. Thread-safe (lock: write_behind.lock).
 */
#pragma once

#include "db/db.h"

#include <pthread.h>

struct write_behind {
    size_t limit; /* how many values may wait */
    /* Writes one value within a transaction. It may be called again for the same value. */
    bool (*write)(struct db_conn *conn, struct str key, struct str value, struct err *err);
    pthread_mutex_t lock;
    struct arena *arena; /* holds the waiting values; NULL when nothing waits */
    struct write_behind_item *items;
    size_t count;
    struct write_behind *next; /* another queue; set when `enlisted` */
    bool enlisted;
};
#define WRITE_BEHIND(most, write_one)                                                                                  \
    {                                                                                                                  \
        .limit = (most), .write = (write_one), .lock = PTHREAD_MUTEX_INITIALIZER                                       \
    }

/* Queues a value. It replaces a waiting value with the same key. */
void write_behind_put(struct write_behind *queue, struct str key, struct str value);
/* Copies the waiting value of a key into the arena. Returns false when no value waits for this key. */
bool write_behind_get(struct write_behind *queue, struct arena *arena, struct str key, struct str *value);
/*
 * Writes all waiting values in one transaction. They wait, and can be read, until they are written. If that fails, they
 * go on waiting, except those that a newer value has replaced meanwhile.
 */
MUST_CHECK bool write_behind_flush(struct write_behind *queue, struct db_conn *conn, struct err *err);
/* Does the same for every queue of the process. */
MUST_CHECK bool write_behind_flush_all(struct db_conn *conn, struct err *err);
