/*
 * Limits how often something may happen: guesses of passwords, mails that strangers can trigger, and messages. A rule
 * lets `free` events happen at once and then one per `interval_seconds`. The counts live in the memory of this process,
 * in a table of fixed size with a lock of its own; docs/security-login.md says why nobody can push a count out by
 * filling the table.
 */
#pragma once

#include "base/arena.h"

struct throttle_rule {
    const char *name; /* keeps the counts of different rules apart */
    int free;
    int interval_seconds;
};

struct throttle_key {
    uint64_t hash;
    const struct throttle_rule *rule;
};

/* Makes the key of a count: a rule and two texts together; STR_NONE for a missing text. */
struct throttle_key throttle_key(const struct throttle_rule *rule, struct str what, struct str whose);

/*
 * now_us is monotonic time. throttle_allows says whether no limit is reached; if one is, it sets *retry_after (seconds,
 * at least 1). throttle_take does the same and, if it returns true, also counts, in one step.
 */
bool throttle_allows(const struct throttle_key *keys, size_t count, int64_t now_us, int *retry_after);
bool throttle_take(const struct throttle_key *keys, size_t count, int64_t now_us, int *retry_after);
/*
 * Takes `amount` of what a key may have, `limit` for each `window_seconds`; the whole limit at once, and then as much
 * as comes back in time. An amount above the limit counts as all of it. The rule of the key only names it.
 */
bool throttle_take_amount(struct throttle_key key, int64_t amount, int64_t limit, int window_seconds, int64_t now_us,
                          int *retry_after);
void throttle_count(const struct throttle_key *keys, size_t count, int64_t now_us);
void throttle_forget(struct throttle_key key);

/*
 * Returns the part of a client's address that belongs to one subscriber: all of an IPv4 address, the /64 of an IPv6
 * address. Anything else is returned unchanged.
 */
struct str throttle_network(struct arena *arena, struct str address);
