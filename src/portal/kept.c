#include "portal/kept.h"

#include <pthread.h>
#include <string.h>

#include <sodium.h>

#define SLOTS 4096

struct slot {
    unsigned char key[crypto_generichash_BYTES_MIN];
    struct generations generations;
    int64_t number;
};

static struct {
    pthread_mutex_t lock;
    struct slot slots[SLOTS];
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

bool kept_generations(struct visit *visit, struct err *err)
{
    return visit->generations.cases || generations_read(visit->db, &visit->generations, err);
}

static struct slot *kept_slot_of(struct str key, unsigned char *digest)
{
    uint32_t index;
    crypto_generichash(digest, crypto_generichash_BYTES_MIN, (const unsigned char *)key.p, key.n, NULL, 0);
    memcpy(&index, digest, sizeof index);
    return &kept.slots[index % SLOTS];
}

bool kept_find(struct str key, struct generations generations, int64_t *number)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    const struct slot *slot = kept_slot_of(key, digest);
    pthread_mutex_lock(&kept.lock);
    bool found = slot->generations.cases == generations.cases && slot->generations.waiting == generations.waiting &&
                 memcmp(slot->key, digest, sizeof digest) == 0;
    if (found)
        *number = slot->number;
    pthread_mutex_unlock(&kept.lock);
    return found;
}

void kept_put(struct str key, struct generations generations, int64_t number)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    struct slot *slot = kept_slot_of(key, digest);
    pthread_mutex_lock(&kept.lock);
    memcpy(slot->key, digest, sizeof digest);
    slot->generations = generations;
    slot->number = number;
    pthread_mutex_unlock(&kept.lock);
}

struct str kept_key(struct visit *visit, const char *name)
{
    const struct actor *actor = &visit->actor;
    const int64_t parts[] = {actor->kind,        actor->login_id,  actor->contact_id,
                             actor->customer_id, actor->object_id, actor->sees_cancelled};
    struct buf key;
    buf_init(&key, visit->arena);
    buf_z(&key, name);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_char(&key, ' ');
        buf_int(&key, parts[i]);
    }
    return buf_text(&key);
}

bool kept_count(struct visit *visit, const char *name,
                bool (*count)(struct visit *visit, int64_t *number, struct err *err), int64_t *number, struct err *err)
{
    if (!kept_generations(visit, err))
        return false;
    struct str key = kept_key(visit, name);
    if (kept_find(key, visit->generations, number))
        return true;
    if (!count(visit, number, err))
        return false;
    kept_put(key, visit->generations, *number);
    return true;
}
