/*
 * The processes beside the web process. The job process sends mail every second, and runs the upkeep of the database
 * and of the features every minute. The work process does the features' work that takes longer than a page or a mail
 * may wait, one piece after another.
 */
#include "base/clock.h"
#include "base/log.h"
#include "portal/portal.h"
#include "portal/process.h"
#include "service/lease.h"
#include "service/mail.h"

#include <errno.h>

#define UPKEEP_SECONDS 60
#define MAINTAIN_SECONDS 15

struct jobs {
    struct setups setups;
    struct feature_list features;
    struct db *db;
    int64_t next_upkeep_us, next_maintain_us;
};

static void jobs_note(const char *what, const char *of, bool ok, const struct err *err)
{
    if (!ok)
        log_event(LOG_WARN, what, LOG_Z("of", of), LOG_Z("detail", err->detail));
}

static bool jobs_open(struct jobs *jobs, const struct config *config, int connections, const char *failure)
{
    struct err err = {.kind = ERR_NONE};
    struct db_options pool = {.connections = connections};
    struct db_conn *conn = NULL;
    bool ok = db_open(&jobs->db, config->database, &pool, &err) && (conn = db_acquire(jobs->db, &err)) &&
              setups_open(&jobs->setups, config, conn, &err);
    if (!ok)
        log_event(LOG_ERROR, failure, LOG_Z("detail", err.detail));
    db_release(conn);
    return ok;
}

/* Returns the newest settings. They do not change during a round, which `arena` belongs to. */
static const struct config *jobs_config(struct jobs *jobs, struct arena *arena)
{
    struct err err = {.kind = ERR_NONE};
    struct db_conn *conn = db_acquire(jobs->db, &err);
    jobs_note("configuration_not_read", "versions", conn && setups_renew(&jobs->setups, conn, &err), &err);
    db_release(conn);
    return &setups_hold(&jobs->setups, arena)->config;
}

/* Waits a second for a signal of the set. SIGHUP opens the log again. */
static int jobs_wait(const sigset_t *set)
{
    const struct timespec second = {.tv_sec = 1};
    int signal = sigtimedwait(set, NULL, &second);
    if (signal == SIGHUP && !log_reopen())
        log_event(LOG_WARN, "log_not_reopened", LOG_I("errno", errno));
    return signal;
}

/* --- the job process ---------------------------------------------------------------------------------------------- */

static void run_upkeep(const struct jobs *jobs, const struct config *config, struct db_conn *conn, int64_t now_us)
{
    struct err err = {.kind = ERR_NONE};
    jobs_note("upkeep_failed", "portal", session_upkeep(conn, config, now_us, &err), &err);
    jobs_note("upkeep_failed", "view_as", view_as_upkeep(conn, now_us, &err), &err);
    jobs_note("upkeep_failed", "staff", staff_session_upkeep(conn, config, now_us, &err), &err);
    for (size_t f = 0; f < jobs->features.count; f++) {
        const struct feature *feature = jobs->features.items[f];
        if (feature->upkeep)
            jobs_note("upkeep_failed", feature->name, feature->upkeep(conn, config, now_us, &err), &err);
    }
}

static void run_maintain(struct jobs *jobs, const struct config *config, int64_t now_us)
{
    struct err err = {.kind = ERR_NONE};
    struct db_conn *conn = db_acquire(jobs->db, &err);
    if (!conn) {
        jobs_note("upkeep_failed", "connection", false, &err);
        return;
    }
    bool mine = false;
    jobs->next_maintain_us = now_us + MAINTAIN_SECONDS * US_PER_SECOND;
    jobs_note("upkeep_failed", "lease", lease_take(conn, "upkeep", &mine, &err), &err);
    if (mine)
        jobs_note("maintain_failed", "database", db_maintain(conn, &err), &err);
    if (mine && now_us >= jobs->next_upkeep_us) {
        jobs->next_upkeep_us = now_us + UPKEEP_SECONDS * US_PER_SECOND;
        run_upkeep(jobs, config, conn, clock_now_us());
    }
    db_release(conn);
}

static void run_due(struct jobs *jobs)
{
    struct err err = {.kind = ERR_NONE};
    struct arena *arena = arena_create();
    int64_t now_us = clock_monotonic_us();
    const struct config *config = jobs_config(jobs, arena);
    jobs_note("mail_failed", "queue", mail_send_due(jobs->db, config, &err), &err);
    if (now_us >= jobs->next_maintain_us)
        run_maintain(jobs, config, now_us);
    arena_destroy(arena);
}

int job_process(const struct config *config, struct feature_list features)
{
    struct jobs jobs = {.features = features};
    struct err err = {.kind = ERR_NONE};
    sigset_t set;
    int signal = 0;
    if (!jobs_open(&jobs, config, 2, "jobs_not_started"))
        return 1;
    process_signals(&set);
    while ((signal = jobs_wait(&set)) != SIGTERM && signal != SIGINT)
        run_due(&jobs);
    struct db_conn *conn = db_acquire(jobs.db, &err);
    jobs_note("upkeep_failed", "leases", conn && lease_release_all(conn, &err), &err);
    db_release(conn);
    db_close(jobs.db);
    return 0;
}

/* --- the work process --------------------------------------------------------------------------------------------- */

static void do_work(struct jobs *jobs)
{
    struct arena *arena = arena_create();
    const struct config *config = jobs_config(jobs, arena);
    for (size_t f = 0; f < jobs->features.count; f++) {
        struct err err = {.kind = ERR_NONE};
        const struct feature *feature = jobs->features.items[f];
        if (feature->work)
            jobs_note("work_failed", feature->name, feature->work(jobs->db, config, &err), &err);
    }
    arena_destroy(arena);
}

/*
 * A signal to stop ends the process at once, just like a kill: nobody waits for a long import, which is undone as a
 * whole.
 */
int work_process(const struct config *config, struct feature_list features)
{
    struct jobs jobs = {.features = features};
    sigset_t stop, reopen;
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTERM);
    (void)sigaddset(&stop, SIGINT);
    (void)sigprocmask(SIG_UNBLOCK, &stop, NULL);
    (void)sigemptyset(&reopen);
    (void)sigaddset(&reopen, SIGHUP);
    if (!jobs_open(&jobs, config, 3, "work_not_started"))
        return 1;
    for (;;) {
        do_work(&jobs);
        (void)jobs_wait(&reopen);
    }
}
