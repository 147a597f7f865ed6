/*
 * The work process: does the features' work that takes longer than a page or a mail may wait, one piece after another.
 */
#include "base/clock.h"
#include "base/log.h"
#include "portal/portal.h"
#include "portal/process.h"

#include <errno.h>

struct works {
    struct feature_list features;
    struct db *db;
    struct setups setups;
};

static void work_note(const char *what, const char *of, bool ok, const struct err *err)
{
    if (!ok)
        log_event(LOG_WARN, what, LOG_Z("of", of), LOG_Z("detail", err->detail));
}

static void work_renew_setup(struct works *works)
{
    struct err err = {.kind = ERR_NONE};
    struct db_conn *conn = db_acquire(works->db, &err);
    work_note("configuration_not_read", "versions", conn && setups_renew(&works->setups, conn, &err), &err);
    db_release(conn);
}

/* The settings do not change during a round. */
static void do_work(struct works *works)
{
    struct arena *arena = arena_create();
    const struct config *config = &setups_hold(&works->setups, arena)->config;
    for (size_t f = 0; f < works->features.count; f++) {
        struct err err = {.kind = ERR_NONE};
        const struct feature *feature = works->features.items[f];
        if (feature->work)
            work_note("work_failed", feature->name, feature->work(works->db, config, &err), &err);
    }
    arena_destroy(arena);
}

/*
 * A signal to stop ends the process at once, just like a kill: nobody waits for a long import, which is undone as a
 * whole.
 */
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

static bool open_works(struct works *works, const struct config *config, struct err *err)
{
    struct db_options pool = {.connections = 3};
    struct db_conn *conn = NULL;
    bool ok = db_open(&works->db, config->database, &pool, err) && (conn = db_acquire(works->db, err)) &&
              setups_open(&works->setups, config, conn, err);
    db_release(conn);
    return ok;
}

int work_process(const struct config *config, struct feature_list features)
{
    struct works works = {.features = features};
    struct err err = {.kind = ERR_NONE};
    const struct timespec second = {.tv_sec = 1};
    sigset_t reopen;
    take_signals(&reopen);
    if (!open_works(&works, config, &err)) {
        log_event(LOG_ERROR, "work_not_started", LOG_Z("detail", err.detail));
        return 1;
    }
    for (;;) {
        work_renew_setup(&works);
        do_work(&works);
        if (sigtimedwait(&reopen, NULL, &second) == SIGHUP && !log_reopen())
            log_event(LOG_WARN, "log_not_reopened", LOG_I("errno", errno));
    }
}
