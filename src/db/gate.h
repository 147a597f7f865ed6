/*
 * A gate lets a fixed number of threads in at a time, in the order they came, and turns away who waited too long. The
 * pool has one for its connections, SQLite one for its single writer.
 */
#ifndef KP_DB_GATE_H
#define KP_DB_GATE_H

#include <pthread.h>
#include <stdbool.h>

struct gate_waiter;

struct gate {
    pthread_mutex_t lock; /* guards all below */
    int places;
    struct gate_waiter *first, *last;
};

bool gate_init(struct gate *gate, int places) __attribute__((warn_unused_result));
void gate_destroy(struct gate *gate); /* nobody may be inside */
/* False when no place became free within the time. */
bool gate_enter(struct gate *gate, int timeout_ms) __attribute__((warn_unused_result));
void gate_leave(struct gate *gate);

#endif
