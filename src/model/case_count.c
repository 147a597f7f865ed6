#include "model/case_count.h"

#include <pthread.h>
#include <string.h>

#include <sodium.h>

#define SLOTS 1024

struct slot {
    unsigned char key[crypto_generichash_BYTES_MIN];
    int64_t generation, count;
};

static struct {
    pthread_mutex_t lock;
    struct slot slots[SLOTS];
} count_cache = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct slot *case_count_slot_of(struct str key, unsigned char *digest)
{
    uint32_t index;
    crypto_generichash(digest, crypto_generichash_BYTES_MIN, (const unsigned char *)key.p, key.n, NULL, 0);
    memcpy(&index, digest, sizeof index);
    return &count_cache.slots[index % SLOTS];
}

bool count_cache_get(struct str key, int64_t generation, int64_t *count)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    const struct slot *slot = case_count_slot_of(key, digest);
    pthread_mutex_lock(&count_cache.lock);
    bool found = slot->generation == generation && memcmp(slot->key, digest, sizeof digest) == 0;
    if (found)
        *count = slot->count;
    pthread_mutex_unlock(&count_cache.lock);
    return found;
}

void count_cache_put(struct str key, int64_t generation, int64_t count)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    struct slot *slot = case_count_slot_of(key, digest);
    pthread_mutex_lock(&count_cache.lock);
    memcpy(slot->key, digest, sizeof digest);
    slot->generation = generation;
    slot->count = count;
    pthread_mutex_unlock(&count_cache.lock);
}
