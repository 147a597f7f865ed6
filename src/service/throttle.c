#include "service/throttle.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/random.h"

#include <pthread.h>
#include <string.h>

#include <arpa/inet.h>
#include <sodium.h>

/* 512 KiB. The hash of a key selects its set; the hash has a secret key, so nobody outside can predict the set. */
enum { WAYS = 8, SETS = 4096 };

/* `until_us` is when all counts are forgotten: each count moves it forward by one interval. */
struct slot {
    uint64_t hash;
    int64_t until_us;
};

static struct slot table[SETS][WAYS];
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned char secret[crypto_shorthash_KEYBYTES];
static pthread_once_t secret_once = PTHREAD_ONCE_INIT;

static void secret_make(void)
{
    random_bytes(secret, sizeof secret);
}

struct throttle_key throttle_key(const struct throttle_rule *rule, struct str what, struct str whose)
{
    const struct str parts[] = {str_of(rule->name), what, whose};
    unsigned char digest[crypto_generichash_BYTES];
    crypto_generichash_state state;
    struct throttle_key key = {.rule = rule};
    (void)pthread_once(&secret_once, secret_make);
    (void)crypto_generichash_init(&state, secret, sizeof secret, sizeof digest);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        (void)crypto_generichash_update(&state, (const unsigned char *)&parts[i].n, sizeof parts[i].n);
        (void)crypto_generichash_update(&state, (const unsigned char *)parts[i].p, parts[i].n);
    }
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    memcpy(&key.hash, digest, sizeof key.hash);
    return key;
}

static int64_t interval_us(const struct throttle_rule *rule)
{
    return rule->interval_seconds * US_PER_SECOND;
}

static struct slot *slot_find(uint64_t hash)
{
    struct slot *set = table[hash % SETS];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].hash == hash)
            return &set[i];
    }
    return NULL;
}

/*
 * Returns the slot of that hash, else reuses the slot that is forgotten soonest: a single wrong guess never displaces a
 * key with many counts.
 */
static struct slot *slot_take(uint64_t hash)
{
    struct slot *slot = slot_find(hash);
    struct slot *set = table[hash % SETS];
    if (slot)
        return slot;
    slot = &set[0];
    for (size_t i = 1; i < WAYS; i++) {
        if (set[i].until_us < slot->until_us)
            slot = &set[i];
    }
    *slot = (struct slot){.hash = hash};
    return slot;
}

static int64_t wait_us(struct throttle_key key, int64_t now_us)
{
    const struct slot *slot = slot_find(key.hash);
    int64_t held = slot && slot->until_us > now_us ? slot->until_us - now_us : 0;
    return held - (key.rule->free - 1) * interval_us(key.rule);
}

static bool allows(const struct throttle_key *keys, size_t count, int64_t now_us, int *retry_after)
{
    int64_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t wait = wait_us(keys[i], now_us);
        longest = wait > longest ? wait : longest;
    }
    if (longest > 0)
        *retry_after = (int)((longest + US_PER_SECOND - 1) / US_PER_SECOND);
    return longest == 0;
}

/*
 * Counts at most up to the limit: a client that is limited already does not wait longer because of attempts that ran at
 * the same time.
 */
static void count_all(const struct throttle_key *keys, size_t count, int64_t now_us)
{
    for (size_t i = 0; i < count; i++) {
        struct slot *slot = slot_take(keys[i].hash);
        int64_t step = interval_us(keys[i].rule);
        int64_t from = slot->until_us > now_us ? slot->until_us : now_us;
        int64_t full = now_us + keys[i].rule->free * step;
        slot->until_us = from + step < full ? from + step : full;
    }
}

bool throttle_allows(const struct throttle_key *keys, size_t count, int64_t now_us, int *retry_after)
{
    (void)pthread_mutex_lock(&table_lock);
    bool allowed = allows(keys, count, now_us, retry_after);
    (void)pthread_mutex_unlock(&table_lock);
    return allowed;
}

bool throttle_take(const struct throttle_key *keys, size_t count, int64_t now_us, int *retry_after)
{
    (void)pthread_mutex_lock(&table_lock);
    bool allowed = allows(keys, count, now_us, retry_after);
    if (allowed)
        count_all(keys, count, now_us);
    (void)pthread_mutex_unlock(&table_lock);
    return allowed;
}

bool throttle_take_amount(struct throttle_key key, int64_t amount, int64_t limit, int window_seconds, int64_t now_us,
                          int *retry_after)
{
    int64_t window_us = window_seconds * US_PER_SECOND;
    double part = amount < limit ? (double)amount / (double)limit : 1;
    int64_t cost_us = (int64_t)((double)window_us * part);
    (void)pthread_mutex_lock(&table_lock);
    struct slot *slot = slot_take(key.hash);
    int64_t from_us = slot->until_us > now_us ? slot->until_us : now_us;
    int64_t late_us = from_us + cost_us - (now_us + window_us);
    if (late_us <= 0)
        slot->until_us = from_us + cost_us;
    (void)pthread_mutex_unlock(&table_lock);
    if (late_us > 0)
        *retry_after = (int)((late_us + US_PER_SECOND - 1) / US_PER_SECOND);
    return late_us <= 0;
}

void throttle_count(const struct throttle_key *keys, size_t count, int64_t now_us)
{
    (void)pthread_mutex_lock(&table_lock);
    count_all(keys, count, now_us);
    (void)pthread_mutex_unlock(&table_lock);
}

void throttle_forget(struct throttle_key key)
{
    (void)pthread_mutex_lock(&table_lock);
    struct slot *slot = slot_find(key.hash);
    if (slot)
        *slot = (struct slot){0};
    (void)pthread_mutex_unlock(&table_lock);
}

struct str throttle_network(struct arena *arena, struct str address)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    struct in6_addr ip;
    struct buf out;
    if (inet_pton(AF_INET6, arena_z(arena, address), &ip) != 1)
        return address;
    const unsigned char *b = ip.s6_addr;
    if (memcmp(b, mapped, sizeof mapped) == 0)
        return arena_printf(arena, "%u.%u.%u.%u", b[12], b[13], b[14], b[15]);
    buf_init(&out, arena);
    buf_hex(&out, b, 8);
    return buf_text(&out);
}
