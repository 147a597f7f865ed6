/* A hash table of groups by key, with counts and sums, in an arena. */
#pragma once

#include "customer/dashboards/gather.h"

struct tally {
    struct arena *arena;
    struct group *items;
    size_t count, cap;
    uint32_t *slots; /* positions in items, from 1; 0: free */
    size_t slot_count;
};

void tally_init(struct tally *tally, struct arena *arena);
/* Returns the group of a key, and makes it when it is new. Valid until the next call. */
struct group *tally_at(struct tally *tally, int64_t key);
void group_add(struct group *group, const struct fact *fact);
/* Adds one group to another. */
void group_join(struct group *into, const struct group *other);
