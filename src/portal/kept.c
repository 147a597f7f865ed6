#include "portal/kept.h"

#include <pthread.h>
#include <string.h>

#include <sodium.h>

#define SLOTS 4096
#define TEXT_SLOTS 64

struct slot {
    unsigned char key[crypto_generichash_BYTES_MIN];
    struct generations generations;
    int64_t number;
};

struct text_slot {
    unsigned char key[crypto_generichash_BYTES_MIN];
    struct generations generations;
    size_t n;
    char text[KEPT_TEXT_MAX];
};

static struct {
    pthread_mutex_t lock;
    struct slot slots[SLOTS];
    struct text_slot texts[TEXT_SLOTS];
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

bool kept_generations(struct visit *visit, struct err *err)
{
    return visit->generations.cases || generations_read(visit->db, &visit->generations, err);
}

static uint32_t kept_digest(struct str key, unsigned char *digest)
{
    uint32_t index;
    crypto_generichash(digest, crypto_generichash_BYTES_MIN, (const unsigned char *)key.p, key.n, NULL, 0);
    memcpy(&index, digest, sizeof index);
    return index;
}

static bool kept_equal(struct generations a, struct generations b)
{
    return a.cases == b.cases && a.waiting == b.waiting;
}

bool kept_find(struct str key, struct generations generations, int64_t *number)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    const struct slot *slot = &kept.slots[kept_digest(key, digest) % SLOTS];
    pthread_mutex_lock(&kept.lock);
    bool found = kept_equal(slot->generations, generations) && memcmp(slot->key, digest, sizeof digest) == 0;
    if (found)
        *number = slot->number;
    pthread_mutex_unlock(&kept.lock);
    return found;
}

void kept_put(struct str key, struct generations generations, int64_t number)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    struct slot *slot = &kept.slots[kept_digest(key, digest) % SLOTS];
    pthread_mutex_lock(&kept.lock);
    memcpy(slot->key, digest, sizeof digest);
    slot->generations = generations;
    slot->number = number;
    pthread_mutex_unlock(&kept.lock);
}

bool kept_text_find(struct arena *arena, struct str key, struct generations generations, struct str *text)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    const struct text_slot *slot = &kept.texts[kept_digest(key, digest) % TEXT_SLOTS];
    pthread_mutex_lock(&kept.lock);
    bool found = kept_equal(slot->generations, generations) && memcmp(slot->key, digest, sizeof digest) == 0;
    if (found)
        *text = arena_str(arena, (struct str){slot->text, slot->n});
    pthread_mutex_unlock(&kept.lock);
    return found;
}

void kept_text_put(struct str key, struct generations generations, struct str text)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    struct text_slot *slot = &kept.texts[kept_digest(key, digest) % TEXT_SLOTS];
    if (text.n > KEPT_TEXT_MAX)
        return;
    pthread_mutex_lock(&kept.lock);
    memcpy(slot->key, digest, sizeof digest);
    slot->generations = generations;
    slot->n = text.n;
    if (text.n)
        memcpy(slot->text, text.p, text.n);
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
