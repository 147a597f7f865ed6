/* The job process: sends mail every second, and runs the upkeep of the database and of the features every minute. */
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

static void jobs_renew_setup(struct jobs *jobs)
{
    struct err err = {.kind = ERR_NONE};
    struct db_conn *conn = db_acquire(jobs->db, &err);
    jobs_note("configuration_not_read", "versions", conn && setups_renew(&jobs->setups, conn, &err), &err);
    db_release(conn);
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

/* One round uses the same settings throughout. */
static void run_due(struct jobs *jobs)
{
    struct err err = {.kind = ERR_NONE};
    struct arena *arena = arena_create();
    int64_t now_us = clock_monotonic_us();
    jobs_renew_setup(jobs);
    const struct config *config = &setups_hold(&jobs->setups, arena)->config;
    jobs_note("mail_failed", "queue", mail_send_due(jobs->db, config, &err), &err);
    if (now_us >= jobs->next_maintain_us)
        run_maintain(jobs, config, now_us);
    arena_destroy(arena);
}

static bool open_jobs(struct jobs *jobs, const struct config *config, struct err *err)
{
    struct db_options pool = {.connections = 2};
    struct db_conn *conn = NULL;
    bool ok = db_open(&jobs->db, config->database, &pool, err) && (conn = db_acquire(jobs->db, err)) &&
              setups_open(&jobs->setups, config, conn, err);
    db_release(conn);
    return ok;
}

int job_process(const struct config *config, struct feature_list features)
{
    struct jobs jobs = {.features = features};
    struct err err = {.kind = ERR_NONE};
    sigset_t set;
    const struct timespec second = {.tv_sec = 1};
    if (!open_jobs(&jobs, config, &err)) {
        log_event(LOG_ERROR, "jobs_not_started", LOG_Z("detail", err.detail));
        return 1;
    }
    process_signals(&set);
    for (;;) {
        int signal = sigtimedwait(&set, NULL, &second);
        if (signal == SIGTERM || signal == SIGINT)
            break;
        if (signal == SIGHUP && !log_reopen())
            log_event(LOG_WARN, "log_not_reopened", LOG_I("errno", errno));
        run_due(&jobs);
    }
    struct db_conn *conn = db_acquire(jobs.db, &err);
    jobs_note("upkeep_failed", "leases", conn && lease_release_all(conn, &err), &err);
    db_release(conn);
    db_close(jobs.db);
    return 0;
}
