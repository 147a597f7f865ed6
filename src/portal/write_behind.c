#include "portal/write_behind.h"

#include "base/arena.h"

#include <string.h>

struct write_behind_item {
    struct str key;
    char *value;
    size_t n, room; /* bytes of the value, and bytes that fit in its place */
};

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
static struct write_behind_item *write_behind_add(struct write_behind *queue, struct str key)
{
    if (queue->count == queue->limit)
        return NULL;
    if (!queue->arena) {
        queue->arena = arena_create();
        queue->items = ARENA_ARRAY(queue->arena, struct write_behind_item, queue->limit);
    }
    struct write_behind_item *item = &queue->items[queue->count++];
    item->key = arena_str(queue->arena, key);
    return item;
}

static void write_behind_put_if(struct write_behind *queue, struct str key, struct str value, bool replace)
{
    (void)pthread_mutex_lock(&queue->lock);
    struct write_behind_item *known = write_behind_find(queue, key);
    struct write_behind_item *item = known ? known : write_behind_add(queue, key);
    if (item && (!known || replace)) {
        if (value.n > item->room || !item->value) {
            item->room = value.n * 2;
            item->value = arena_raw(queue->arena, item->room);
        }
        if (value.n)
            memcpy(item->value, value.p, value.n);
        item->n = value.n;
    }
    (void)pthread_mutex_unlock(&queue->lock);
}

void write_behind_put(struct write_behind *queue, struct str key, struct str value)
{
    write_behind_put_if(queue, key, value, true);
}

bool write_behind_get(struct write_behind *queue, struct arena *arena, struct str key, struct str *value)
{
    (void)pthread_mutex_lock(&queue->lock);
    const struct write_behind_item *item = write_behind_find(queue, key);
    if (item)
        *value = arena_str(arena, (struct str){item->value, item->n});
    (void)pthread_mutex_unlock(&queue->lock);
    return item != NULL;
}

static bool write_behind_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct write_behind *taken = context;
    for (size_t i = 0; i < taken->count; i++) {
        const struct write_behind_item *item = &taken->items[i];
        if (!taken->write(conn, item->key, (struct str){item->value, item->n}, err))
            return false;
    }
    return true;
}

bool write_behind_flush(struct write_behind *queue, struct db_conn *conn, struct err *err)
{
    (void)pthread_mutex_lock(&queue->lock);
    struct write_behind taken = {
        .write = queue->write, .arena = queue->arena, .items = queue->items, .count = queue->count};
    queue->arena = NULL;
    queue->items = NULL;
    queue->count = 0;
    (void)pthread_mutex_unlock(&queue->lock);
    bool ok = taken.count == 0 || db_transaction(conn, write_behind_body, &taken, err);
    for (size_t i = 0; !ok && i < taken.count; i++)
        write_behind_put_if(queue, taken.items[i].key, (struct str){taken.items[i].value, taken.items[i].n}, false);
    arena_destroy(taken.arena);
    return ok;
}
