/*
 * A gate lets a fixed number of threads in at a time, in the order in which they came, and turns away a thread that has
 * waited too long. The pool has a gate for its connections, SQLite has one for its single writer.
 */
#ifndef KP_DB_GATE_H
#define KP_DB_GATE_H

#include <pthread.h>
#include <stdbool.h>

struct gate_waiter;

struct gate {
    pthread_mutex_t lock; /* guards the fields below */
    int places;
    struct gate_waiter *first, *last;
};

bool gate_init(struct gate *gate, int places) __attribute__((warn_unused_result));
void gate_destroy(struct gate *gate); /* no thread may be inside */
/* Waits for a place. Returns false when no place became free in time. */
bool gate_enter(struct gate *gate, int timeout_ms) __attribute__((warn_unused_result));
void gate_leave(struct gate *gate);

#endif
