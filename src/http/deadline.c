#include "http/deadline.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

struct deadline {
    struct deadline *previous, *next;
    int fd;
    _Atomic int64_t at_us;
};

struct deadlines {
    pthread_mutex_t lock; /* guards the fields below; while it is held, the sockets stay open */
    pthread_cond_t stop;
    pthread_t thread;
    bool stopping;
    struct deadline *first;
};

static void cut_late(const struct deadlines *deadlines)
{
    int64_t now_us = clock_monotonic_us();
    for (struct deadline *each = deadlines->first; each; each = each->next) {
        int64_t at_us = atomic_load_explicit(&each->at_us, memory_order_relaxed);
        if (!at_us || at_us > now_us)
            continue;
        log_event(LOG_DEBUG, "connection_cut", LOG_I("late_us", now_us - at_us));
        (void)shutdown(each->fd, SHUT_RDWR);
        atomic_store_explicit(&each->at_us, 0, memory_order_relaxed);
    }
}

static void *deadline_watch(void *what)
{
    struct deadlines *deadlines = what;
    struct timespec until;
    (void)pthread_mutex_lock(&deadlines->lock);
    while (!deadlines->stopping) {
        (void)clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += 1;
        if (pthread_cond_timedwait(&deadlines->stop, &deadlines->lock, &until) == ETIMEDOUT)
            cut_late(deadlines);
    }
    (void)pthread_mutex_unlock(&deadlines->lock);
    return NULL;
}

struct deadlines *deadlines_start(struct err *err)
{
    struct deadlines *deadlines = calloc(1, sizeof *deadlines);
    pthread_condattr_t monotonic;
    if (!deadlines || pthread_mutex_init(&deadlines->lock, NULL) != 0 || pthread_condattr_init(&monotonic) != 0 ||
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) != 0 ||
        pthread_cond_init(&deadlines->stop, &monotonic) != 0 ||
        pthread_create(&deadlines->thread, NULL, deadline_watch, deadlines) != 0) {
        free(deadlines);
        (void)err_set(err, ERR_INTERNAL, NULL, "no thread for deadlines");
        return NULL;
    }
    (void)pthread_condattr_destroy(&monotonic);
    return deadlines;
}

void deadlines_stop(struct deadlines *deadlines)
{
    (void)pthread_mutex_lock(&deadlines->lock);
    deadlines->stopping = true;
    (void)pthread_cond_signal(&deadlines->stop);
    (void)pthread_mutex_unlock(&deadlines->lock);
    (void)pthread_join(deadlines->thread, NULL);
    (void)pthread_cond_destroy(&deadlines->stop);
    (void)pthread_mutex_destroy(&deadlines->lock);
    free(deadlines);
}

struct deadline *deadline_add(struct deadlines *deadlines, int fd)
{
    struct deadline *deadline = calloc(1, sizeof *deadline);
    if (!deadline) {
        log_event(LOG_ERROR, "out_of_memory", LOG_I("bytes", sizeof *deadline));
        abort();
    }
    deadline->fd = fd;
    (void)pthread_mutex_lock(&deadlines->lock);
    deadline->next = deadlines->first;
    if (deadline->next)
        deadline->next->previous = deadline;
    deadlines->first = deadline;
    (void)pthread_mutex_unlock(&deadlines->lock);
    return deadline;
}

void deadline_remove(struct deadlines *deadlines, struct deadline *deadline)
{
    (void)pthread_mutex_lock(&deadlines->lock);
    if (deadline->previous)
        deadline->previous->next = deadline->next;
    else
        deadlines->first = deadline->next;
    if (deadline->next)
        deadline->next->previous = deadline->previous;
    (void)pthread_mutex_unlock(&deadlines->lock);
    free(deadline);
}

void deadline_set(struct deadline *deadline, int64_t at_us)
{
    atomic_store_explicit(&deadline->at_us, at_us, memory_order_relaxed);
}
