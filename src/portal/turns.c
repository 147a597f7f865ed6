#include "portal/turns.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { TURN_WAIT_SECONDS = 10, TURN_RETRY_SECONDS = 2 };

static struct {
    pthread_mutex_t lock; /* guards the turns that are held */
    pthread_cond_t ended;
    struct turn *held;
    int most[TURN_KINDS]; /* of one login */
    int waiting;
} turns = {.lock = PTHREAD_MUTEX_INITIALIZER, .most = {1, 1, TURN_BODIES}};

static int three_quarters(int places)
{
    return places < 2 ? 1 : places - (places + 3) / 4;
}

void turns_start(int readers, int writers)
{
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&turns.ended, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    turns.most[TURN_READS] = three_quarters(readers);
    turns.most[TURN_WRITES] = three_quarters(writers);
}

/* The caller holds the lock. */
static bool turn_take(struct turn *turn)
{
    int count = 0;
    for (const struct turn *each = turns.held; each; each = each->next)
        count += each->login == turn->login && each->kind == turn->kind;
    turn->held = count < turns.most[turn->kind];
    if (turn->held) {
        turn->next = turns.held;
        turns.held = turn;
    }
    return turn->held;
}

bool turn_try(struct turn *turn)
{
    if (!turn->login || turn->held)
        return true;
    (void)pthread_mutex_lock(&turns.lock);
    bool taken = turn_take(turn);
    (void)pthread_mutex_unlock(&turns.lock);
    return taken;
}

bool turn_wait(struct turn *turn, struct err *err)
{
    struct timespec until;
    if (!turn->login || turn->held)
        return true;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += TURN_WAIT_SECONDS;
    (void)pthread_mutex_lock(&turns.lock);
    turns.waiting++;
    int rc = 0;
    while (!turn_take(turn) && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&turns.ended, &turns.lock, &until);
    turns.waiting--;
    (void)pthread_mutex_unlock(&turns.lock);
    if (turn->held)
        return true;
    (void)err_set(err, ERR_BUSY, NULL, "too many requests of one login at once");
    err->retry_after = TURN_RETRY_SECONDS;
    return false;
}

void turn_end(struct turn *turn)
{
    if (!turn->held)
        return;
    (void)pthread_mutex_lock(&turns.lock);
    struct turn **at = &turns.held;
    while (*at != turn)
        at = &(*at)->next;
    *at = turn->next;
    turn->held = false;
    if (turns.waiting)
        (void)pthread_cond_broadcast(&turns.ended);
    (void)pthread_mutex_unlock(&turns.lock);
}
