#include "portal/write_behind.h"

#include "base/arena.h"

#include <string.h>

struct write_behind_item {
    struct str key;
    char *value;
    size_t n, room; /* bytes of the value, and bytes that fit in its place */
};

static pthread_mutex_t queues_lock = PTHREAD_MUTEX_INITIALIZER;
static struct write_behind *queues; /* every queue that was ever used */

static struct str item_value(const struct write_behind_item *item)
{
    return (struct str){item->value, item->n};
}

/* Holding the lock. */
static struct write_behind_item *write_behind_find(const struct write_behind *queue, struct str key)
{
    for (size_t i = 0; i < queue->count; i++) {
        if (str_eq(queue->items[i].key, key))
            return &queue->items[i];
    }
    return NULL;
}

/* Holding the lock. */
static void write_behind_enlist(struct write_behind *queue)
{
    if (queue->enlisted)
        return;
    (void)pthread_mutex_lock(&queues_lock);
    queue->next = queues;
    queues = queue;
    queue->enlisted = true;
    (void)pthread_mutex_unlock(&queues_lock);
}

/* Holding the lock. */
static struct write_behind_item *write_behind_add(struct write_behind *queue, struct str key)
{
    if (queue->count == queue->limit)
        return NULL;
    write_behind_enlist(queue);
    if (!queue->arena) {
        queue->arena = arena_create();
        queue->items = ARENA_ARRAY(queue->arena, struct write_behind_item, queue->limit);
    }
    struct write_behind_item *item = &queue->items[queue->count++];
    item->key = arena_str(queue->arena, key);
    return item;
}

/* Holding the lock. */
static void write_behind_store(struct write_behind *queue, struct str key, struct str value)
{
    struct write_behind_item *known = write_behind_find(queue, key);
    struct write_behind_item *item = known ? known : write_behind_add(queue, key);
    if (!item)
        return;
    if (value.n > item->room || !item->value) {
        item->room = value.n * 2;
        item->value = arena_raw(queue->arena, item->room);
    }
    if (value.n)
        memcpy(item->value, value.p, value.n);
    item->n = value.n;
}

void write_behind_put(struct write_behind *queue, struct str key, struct str value)
{
    (void)pthread_mutex_lock(&queue->lock);
    write_behind_store(queue, key, value);
    (void)pthread_mutex_unlock(&queue->lock);
}

bool write_behind_get(struct write_behind *queue, struct arena *arena, struct str key, struct str *value)
{
    (void)pthread_mutex_lock(&queue->lock);
    const struct write_behind_item *item = write_behind_find(queue, key);
    if (item)
        *value = arena_str(arena, item_value(item));
    (void)pthread_mutex_unlock(&queue->lock);
    return item != NULL;
}

static bool write_behind_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct write_behind *taken = context;
    for (size_t i = 0; i < taken->count; i++) {
        if (!taken->write(conn, taken->items[i].key, item_value(&taken->items[i]), err))
            return false;
    }
    return true;
}

/* Copies the waiting values. They go on waiting, so that pages read them while they are being written. */
static struct write_behind write_behind_copy(struct write_behind *queue)
{
    struct write_behind copy = {.limit = queue->limit, .write = queue->write, .enlisted = true};
    (void)pthread_mutex_lock(&queue->lock);
    for (size_t i = 0; i < queue->count; i++)
        write_behind_store(&copy, queue->items[i].key, item_value(&queue->items[i]));
    (void)pthread_mutex_unlock(&queue->lock);
    return copy;
}

/* Removes the values that are written, except those that newer values have replaced meanwhile. */
static void write_behind_drop(struct write_behind *queue, const struct write_behind *written)
{
    (void)pthread_mutex_lock(&queue->lock);
    const struct write_behind old = {.arena = queue->arena, .items = queue->items, .count = queue->count};
    queue->arena = NULL;
    queue->items = NULL;
    queue->count = 0;
    for (size_t i = 0; i < old.count; i++) {
        const struct write_behind_item *item = write_behind_find(written, old.items[i].key);
        if (!item || !str_eq(item_value(item), item_value(&old.items[i])))
            write_behind_store(queue, old.items[i].key, item_value(&old.items[i]));
    }
    arena_destroy(old.arena);
    (void)pthread_mutex_unlock(&queue->lock);
}

bool write_behind_flush(struct write_behind *queue, struct db_conn *conn, struct err *err)
{
    struct write_behind taken = write_behind_copy(queue);
    bool ok = taken.count == 0 || db_transaction(conn, write_behind_body, &taken, err);
    if (ok && taken.count)
        write_behind_drop(queue, &taken);
    arena_destroy(taken.arena);
    return ok;
}

bool write_behind_flush_all(struct db_conn *conn, struct err *err)
{
    (void)pthread_mutex_lock(&queues_lock);
    struct write_behind *queue = queues;
    (void)pthread_mutex_unlock(&queues_lock);
    for (; queue; queue = queue->next) {
        if (!write_behind_flush(queue, conn, err))
            return false;
    }
    return true;
}
