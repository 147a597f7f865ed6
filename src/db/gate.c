#include "db/gate.h"

#include <errno.h>
#include <time.h>

struct gate_waiter {
    pthread_cond_t called;
    bool admitted;
    struct gate_waiter *next;
};

bool gate_init(struct gate *gate, int places)
{
    *gate = (struct gate){.places = places};
    return pthread_mutex_init(&gate->lock, NULL) == 0;
}

void gate_destroy(struct gate *gate)
{
    (void)pthread_mutex_destroy(&gate->lock);
}

static struct timespec deadline_after(int timeout_ms)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += timeout_ms / 1000;
    at.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

static bool waiter_init(struct gate_waiter *waiter)
{
    *waiter = (struct gate_waiter){.admitted = false};
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool made = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                pthread_cond_init(&waiter->called, &attributes) == 0;
    (void)pthread_condattr_destroy(&attributes);
    return made;
}

static void queue_append(struct gate *gate, struct gate_waiter *waiter)
{
    if (gate->last)
        gate->last->next = waiter;
    else
        gate->first = waiter;
    gate->last = waiter;
}

static void queue_remove(struct gate *gate, struct gate_waiter *waiter)
{
    struct gate_waiter *before = NULL;
    for (struct gate_waiter *w = gate->first; w != waiter; w = w->next)
        before = w;
    if (before)
        before->next = waiter->next;
    else
        gate->first = waiter->next;
    if (gate->last == waiter)
        gate->last = before;
}

/* The caller holds the lock. */
static bool wait_for_place(struct gate *gate, int timeout_ms)
{
    struct gate_waiter waiter;
    if (!waiter_init(&waiter))
        return false;
    struct timespec deadline = deadline_after(timeout_ms);
    queue_append(gate, &waiter);
    int rc = 0;
    while (!waiter.admitted && rc == 0)
        rc = pthread_cond_timedwait(&waiter.called, &gate->lock, &deadline);
    if (!waiter.admitted)
        queue_remove(gate, &waiter);
    (void)pthread_cond_destroy(&waiter.called);
    return waiter.admitted;
}

bool gate_enter(struct gate *gate, int timeout_ms)
{
    (void)pthread_mutex_lock(&gate->lock);
    bool inside = gate->places > 0;
    if (inside)
        gate->places--;
    else
        inside = wait_for_place(gate, timeout_ms);
    (void)pthread_mutex_unlock(&gate->lock);
    return inside;
}

void gate_leave(struct gate *gate)
{
    (void)pthread_mutex_lock(&gate->lock);
    struct gate_waiter *waiter = gate->first;
    if (waiter) {
        queue_remove(gate, waiter);
        waiter->admitted = true; /* the place passes on without becoming free, so no other thread can overtake */
        (void)pthread_cond_signal(&waiter->called);
    } else {
        gate->places++;
    }
    (void)pthread_mutex_unlock(&gate->lock);
}
