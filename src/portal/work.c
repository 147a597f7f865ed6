/* The work process: what features have to do that takes longer than a page or a mail may wait, one after another. */
#include "base/clock.h"
#include "base/log.h"
#include "portal/process.h"

#include <errno.h>

static void do_work(struct db *db, const struct config *config, struct feature_list features)
{
    for (size_t f = 0; f < features.count; f++) {
        struct err err = {.kind = ERR_NONE};
        const struct feature *feature = features.items[f];
        if (!feature->work || feature->work(db, config, &err))
            continue;
        log_event(LOG_WARN, "work_failed", LOG_Z("of", feature->name), LOG_Z("detail", err.detail));
    }
}

/* To be told to stop ends it at once, as being killed does: nobody waits for a long import, and it is undone as a whole. */
static void take_signals(sigset_t *reopen)
{
    sigset_t stop;
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTERM);
    (void)sigaddset(&stop, SIGINT);
    (void)sigprocmask(SIG_UNBLOCK, &stop, NULL);
    (void)sigemptyset(reopen);
    (void)sigaddset(reopen, SIGHUP);
}

int work_process(const struct config *config, struct feature_list features)
{
    struct db_options pool = {.connections = 2};
    struct err err = {.kind = ERR_NONE};
    const struct timespec second = {.tv_sec = 1};
    struct db *db = NULL;
    sigset_t reopen;
    take_signals(&reopen);
    if (!db_open(&db, config->database, &pool, &err)) {
        log_event(LOG_ERROR, "work_not_started", LOG_Z("detail", err.detail));
        return 1;
    }
    for (;;) {
        do_work(db, config, features);
        if (sigtimedwait(&reopen, NULL, &second) == SIGHUP && !log_reopen())
            log_event(LOG_WARN, "log_not_reopened", LOG_I("errno", errno));
    }
}
