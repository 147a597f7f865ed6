/*
 * Limits of how often something may happen, for guesses of passwords, for mails that strangers ask for, and for
 * messages. A rule lets `free` happen at once and then one per `interval_seconds`. Counts live in the memory of this
 * process, in a table of fixed size with a lock of its own: docs/security-login.md tells why nobody can push out a
 * count by filling it.
 */
#ifndef KP_SERVICE_THROTTLE_H
#define KP_SERVICE_THROTTLE_H

#include "base/arena.h"

struct throttle_rule {
    const char *name; /* keeps the counts of rules apart */
    int free;
    int interval_seconds;
};

struct throttle_key {
    uint64_t hash;
    const struct throttle_rule *rule;
};

/* What is counted under a rule: the texts together, STR_NONE for a missing one. */
struct throttle_key throttle_key(const struct throttle_rule *rule, struct str what, struct str whose);

/*
 * now_us is monotonic time. `allows`: no limit is reached; *retry_after (seconds, at least 1) is set when one is.
 * `take`: the same and, when it is true, counts in one step.
 */
bool throttle_allows(const struct throttle_key *keys, size_t count, int64_t now_us, int *retry_after);
bool throttle_take(const struct throttle_key *keys, size_t count, int64_t now_us, int *retry_after);
void throttle_count(const struct throttle_key *keys, size_t count, int64_t now_us);
void throttle_forget(struct throttle_key key);

/* The part of a client's address that one subscriber has: IPv4 whole, IPv6 its /64. Anything else stays as it is. */
struct str throttle_network(struct arena *arena, struct str address);

#endif
