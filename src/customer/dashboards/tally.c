#include "customer/dashboards/tally.h"

#define FIRST_SLOTS 64

void tally_init(struct tally *tally, struct arena *arena)
{
    *tally = (struct tally){.arena = arena, .slot_count = FIRST_SLOTS, .cap = FIRST_SLOTS / 2};
    tally->items = ARENA_ARRAY(arena, struct group, tally->cap);
    tally->slots = ARENA_ARRAY(arena, uint32_t, tally->slot_count);
}

/* Fibonacci hashing, which spreads consecutive ids. */
static size_t tally_slot_of(const struct tally *tally, int64_t key)
{
    size_t mask = tally->slot_count - 1;
    size_t at = (size_t)(((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;
    while (tally->slots[at] && tally->items[tally->slots[at] - 1].key != key)
        at = (at + 1) & mask;
    return at;
}

static void tally_grow(struct tally *tally)
{
    tally->items = arena_grow(tally->arena, tally->items, tally->count, &tally->cap, sizeof *tally->items);
    tally->slot_count *= 2;
    tally->slots = ARENA_ARRAY(tally->arena, uint32_t, tally->slot_count);
    for (size_t i = 0; i < tally->count; i++)
        tally->slots[tally_slot_of(tally, tally->items[i].key)] = (uint32_t)(i + 1);
}

struct group *tally_at(struct tally *tally, int64_t key)
{
    size_t at = tally_slot_of(tally, key);
    if (tally->slots[at])
        return &tally->items[tally->slots[at] - 1];
    if (tally->count == tally->cap) {
        tally_grow(tally);
        at = tally_slot_of(tally, key);
    }
    tally->items[tally->count] = (struct group){.key = key};
    tally->slots[at] = (uint32_t)++tally->count;
    return &tally->items[tally->count - 1];
}

/* Sums of prices do not overflow in practice. If one would, it stops at the end of the range. */
static int64_t add_held(int64_t a, int64_t b)
{
    int64_t sum;
    if (!__builtin_add_overflow(a, b, &sum))
        return sum;
    return b > 0 ? INT64_MAX : INT64_MIN;
}

void group_add(struct group *group, const struct fact *fact)
{
    group->count++;
    group->finished += fact->finished;
    group->on_time += fact->on_time;
    group->valued += fact->valued;
    if (fact->valued)
        group->value = add_held(group->value, fact->value);
}

void group_join(struct group *into, const struct group *other)
{
    into->count += other->count;
    into->finished += other->finished;
    into->on_time += other->on_time;
    into->valued += other->valued;
    into->value = add_held(into->value, other->value);
}
