/*
 * Shares what all requests need among logins. The requests of one login use at most three quarters of the database
 * connections at a time, of those for readers and of those for writers. Further ones wait for their own to end, so that
 * a login that asks for hundreds of heavy pages at once holds up nobody else. And of one login at most TURN_BODIES
 * large bodies are read at a time.
 */
#pragma once

#include "base/err.h"

#include <stdbool.h>

enum turn_kind { TURN_READS, TURN_WRITES, TURN_BODY, TURN_KINDS };
#define TURN_BODIES 16

struct turn {
    struct turn *next;
    int64_t login; /* positive: of a customer; negative: a staff user; 0: nobody, who needs no turn */
    enum turn_kind kind;
    bool held;
};

/* Call it once in a process: how many connections there are for readers and for writers. */
void turns_start(int readers, int writers);
/* Takes a turn if one is free. */
bool turn_try(struct turn *turn);
/* Waits for a turn, at most as long as for a connection. Fails with ERR_BUSY and retry_after. */
MUST_CHECK bool turn_wait(struct turn *turn, struct err *err);
void turn_end(struct turn *turn);
