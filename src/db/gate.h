/*
 * A gate lets a fixed number of threads in at a time, in the order in which they came, and turns away a thread that has
 * waited too long. The pool has a gate for its connections, SQLite has one for its single writer.
 */
#pragma once

#include "base/str.h"

#include <pthread.h>

struct gate_waiter;

struct gate {
    pthread_mutex_t lock; /* guards the fields below */
    int places;
    struct gate_waiter *first, *last;
};

MUST_CHECK bool gate_init(struct gate *gate, int places);
void gate_destroy(struct gate *gate); /* no thread may be inside */
/* Waits for a place. Returns false when no place became free in time. */
MUST_CHECK bool gate_enter(struct gate *gate, int timeout_ms);
void gate_leave(struct gate *gate);
