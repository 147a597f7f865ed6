#include "portal/server.h"

#include "base/clock.h"
#include "base/log.h"
#include "portal/process.h"
#include "service/lease.h"
#include "service/store.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WEB, JOBS, WORK, CHILDREN };

struct child {
    const char *name;
    pid_t pid;          /* 0: not running */
    int64_t started_us; /* monotonic */
    int64_t restart_us; /* when to start it again */
    int backoff_seconds;
};

struct supervisor {
    const struct config *config;
    struct feature_list features;
    struct child child[CHILDREN];
    bool stopping;
};

void process_signals(sigset_t *set)
{
    (void)sigemptyset(set);
    (void)sigaddset(set, SIGTERM);
    (void)sigaddset(set, SIGINT);
    (void)sigaddset(set, SIGHUP);
}

/* Never returns. The kernel kills the child when its supervisor ends, however that happens. */
static void run_child(const struct supervisor *supervisor, int which, int report, pid_t parent)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    if (which == WEB)
        _exit(web_process(supervisor->config, supervisor->features, report));
    _exit(which == JOBS ? job_process(supervisor->config, supervisor->features)
                        : work_process(supervisor->config, supervisor->features));
}

static bool start_child(struct supervisor *supervisor, int which, int report, struct err *err)
{
    struct child *child = &supervisor->child[which];
    pid_t parent = getpid(), pid = fork();
    if (pid < 0)
        return err_errno(err, "fork");
    if (pid == 0)
        run_child(supervisor, which, report, parent);
    child->pid = pid;
    child->started_us = clock_monotonic_us();
    return true;
}

/* Waits until the web process reports that it answers, or why it cannot. */
static bool start_web(struct supervisor *supervisor, struct str *address, char text[300], struct err *err)
{
    int ends[2];
    size_t n = 0;
    ssize_t got = 0;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_errno(err, "pipe");
    bool ok = start_child(supervisor, WEB, ends[1], err);
    (void)close(ends[1]);
    while (ok && n < 299 && ((got = read(ends[0], text + n, 299 - n)) > 0 || (got < 0 && errno == EINTR)))
        n += got > 0 ? (size_t)got : 0;
    (void)close(ends[0]);
    if (!ok)
        return false;
    text[n] = '\0';
    *address = (struct str){text + 1, n ? n - 1 : 0};
    if (text[0] == 'R')
        return true;
    (void)waitpid(supervisor->child[WEB].pid, NULL, 0);
    supervisor->child[WEB].pid = 0;
    return err_set(err, ERR_INTERNAL, NULL, "%s", n ? text + 1 : "the web process ended at once");
}

/*
 * A process that ran for more than a minute restarts after a second. Each time it ends sooner, the pause doubles, up to
 * 30 seconds.
 */
static void plan_restart(struct child *child, int status)
{
    int64_t now_us = clock_monotonic_us();
    bool long_lived = now_us - child->started_us > 60 * US_PER_SECOND;
    child->backoff_seconds = long_lived || !child->backoff_seconds ? 1 : child->backoff_seconds * 2;
    if (child->backoff_seconds > 30)
        child->backoff_seconds = 30;
    child->restart_us = now_us + child->backoff_seconds * US_PER_SECOND;
    child->pid = 0;
    log_event(LOG_ERROR, "process_ended", LOG_Z("process", child->name), LOG_I("code", WEXITSTATUS(status)),
              LOG_I("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0), LOG_I("restart_in", child->backoff_seconds));
}

static void reap(struct supervisor *supervisor)
{
    int status = 0;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (int i = 0; i < CHILDREN; i++) {
            if (supervisor->child[i].pid != pid)
                continue;
            if (supervisor->stopping)
                supervisor->child[i].pid = 0;
            else
                plan_restart(&supervisor->child[i], status);
        }
    }
}

static void restart_due(struct supervisor *supervisor)
{
    struct err err = {.kind = ERR_NONE};
    for (int i = 0; i < CHILDREN; i++) {
        struct child *child = &supervisor->child[i];
        if (!child->pid && clock_monotonic_us() >= child->restart_us && !start_child(supervisor, i, -1, &err))
            log_event(LOG_ERROR, "process_not_started", LOG_Z("process", child->name), LOG_Z("detail", err.detail));
    }
}

static void signal_children(const struct supervisor *supervisor, int signal)
{
    for (int i = 0; i < CHILDREN; i++) {
        if (supervisor->child[i].pid)
            (void)kill(supervisor->child[i].pid, signal);
    }
}

static void server_watch(struct supervisor *supervisor, const sigset_t *set)
{
    const struct timespec wait = {.tv_nsec = 250000000};
    for (;;) {
        int signal = sigtimedwait(set, NULL, &wait);
        if (signal == SIGTERM || signal == SIGINT)
            return;
        if (signal == SIGHUP) {
            if (!log_reopen())
                log_event(LOG_WARN, "log_not_reopened", LOG_I("errno", errno));
            signal_children(supervisor, SIGHUP);
        }
        reap(supervisor);
        restart_due(supervisor);
    }
}

static bool any_runs(const struct supervisor *supervisor)
{
    bool any = false;
    for (int i = 0; i < CHILDREN; i++)
        any = any || supervisor->child[i].pid;
    return any;
}

static void stop_children(struct supervisor *supervisor, const sigset_t *set)
{
    const struct timespec wait = {.tv_nsec = 100000000};
    int64_t deadline_us = clock_monotonic_us() + (DRAIN_SECONDS + 2) * US_PER_SECOND;
    supervisor->stopping = true;
    signal_children(supervisor, SIGTERM);
    reap(supervisor);
    while (any_runs(supervisor) && clock_monotonic_us() < deadline_us) {
        (void)sigtimedwait(set, NULL, &wait);
        reap(supervisor);
    }
    signal_children(supervisor, SIGKILL);
    for (int i = 0; i < CHILDREN; i++) {
        if (supervisor->child[i].pid)
            (void)waitpid(supervisor->child[i].pid, NULL, 0);
    }
}

/* Port 0 means any free port. It is chosen here, once, so that it stays the same when the web process restarts. */
static bool choose_port(struct arena *arena, struct config *config, struct err *err)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (!str_ends(config->listen, STR(":0")) || str_starts(config->listen, STR("unix:")))
        return true;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = fd >= 0 && bind(fd, (struct sockaddr *)&address, size) == 0 &&
              getsockname(fd, (struct sockaddr *)&address, &size) == 0;
    if (!ok)
        (void)err_errno(err, "a free port");
    if (fd >= 0)
        (void)close(fd);
    struct str host = str_slice(config->listen, 0, config->listen.n - 2);
    struct str chosen = arena_printf(arena, "%.*s:%d", STR_FMT(host), ntohs(address.sin_port));
    if (str_ends(config->base_url, config->listen)) {
        struct str scheme = str_slice(config->base_url, 0, config->base_url.n - config->listen.n);
        config->base_url = arena_printf(arena, "%.*s%.*s", STR_FMT(scheme), STR_FMT(chosen));
    }
    config->listen = chosen;
    return ok;
}

static bool supervise(struct supervisor *supervisor, const sigset_t *set, void (*ready)(struct str address),
                      struct err *err)
{
    char text[300];
    struct str address;
    if (!start_web(supervisor, &address, text, err))
        return false;
    bool ok = start_child(supervisor, JOBS, -1, err) && start_child(supervisor, WORK, -1, err);
    if (ok) {
        ready(address);
        server_watch(supervisor, set);
    }
    stop_children(supervisor, set);
    return ok;
}

bool portal_serve(const struct config *config, struct feature_list features, void (*ready)(struct str address),
                  struct err *err)
{
    struct config chosen = *config;
    struct arena *arena = arena_create();
    struct supervisor supervisor = {
        .config = &chosen,
        .features = features,
        .child = {[WEB] = {.name = "web"}, [JOBS] = {.name = "jobs"}, [WORK] = {.name = "work"}}};
    sigset_t set, before;
    process_signals(&set);
    (void)sigprocmask(SIG_BLOCK, &set, &before);
    (void)signal(SIGPIPE, SIG_IGN);
    lease_name_holder();
    bool ok = store_prepare(config->data, err) && choose_port(arena, &chosen, err) &&
              supervise(&supervisor, &set, ready, err);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    arena_destroy(arena);
    return ok;
}
