/* The web process: the engine serves HTTP in threads, and a loop does work that must not delay pages. */
#include "base/log.h"
#include "portal/assets.h"
#include "portal/process.h"
#include "portal/write_behind.h"
#include "service/password.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FLUSH_SECONDS 10

static int compare_menu(const void *a, const void *b)
{
    const struct feature_menu *const *left = a, *const *right = b;
    return ((*left)->order > (*right)->order) - ((*left)->order < (*right)->order);
}

static void gather_menu(struct portal *portal, struct feature_list features)
{
    size_t count = 0;
    for (size_t f = 0; f < features.count; f++)
        count += features.items[f]->menu_count;
    portal->menu = ARENA_ARRAY(portal->arena, const struct feature_menu *, count);
    for (size_t f = 0; f < features.count; f++) {
        for (size_t m = 0; m < features.items[f]->menu_count; m++)
            portal->menu[portal->menu_count++] = &features.items[f]->menu[m];
    }
    qsort(portal->menu, portal->menu_count, sizeof *portal->menu, compare_menu);
}

/* A menu entry is shown only if its page is turned on. */
static void gather_menu_flags(struct portal *portal)
{
    struct route_match match;
    portal->menu_flags = ARENA_ARRAY(portal->arena, unsigned, portal->menu_count);
    for (size_t i = 0; i < portal->menu_count; i++) {
        routes_find(&portal->routes, HTTP_GET, str_of(portal->menu[i]->path), &match);
        portal->menu_flags[i] = match.route ? match.route->flags : 0;
    }
}

static bool gather_routes(struct portal *portal, struct feature_list features, struct err *err)
{
    const struct feature **all = ARENA_ARRAY(portal->arena, const struct feature *, features.count + 1);
    all[0] = &portal_feature;
    for (size_t f = 0; f < features.count; f++)
        all[f + 1] = features.items[f];
    if (!routes_gather(portal->arena, (struct feature_list){all, features.count + 1}, &portal->routes, err))
        return false;
    gather_menu_flags(portal);
    return true;
}

static bool web_load_stored(struct portal *portal, const struct config *config, struct err *err)
{
    struct db_conn *conn = db_acquire_to_write(portal->app.db, err);
    bool ok = conn && secret_load(conn, portal->arena, &portal->app.secret, err) &&
              setups_open(&portal->setups, config, conn, err);
    db_release(conn);
    return ok;
}

static bool start_http(struct portal *portal, const struct config *config, struct err *err)
{
    struct str uploads = arena_printf(portal->arena, "%.*s/tmp", STR_FMT(config->data));
    struct http_options options = {
        .listen = config->listen,
        .allow_public = config->allow_public,
        .trusted_proxy = config->trusted_proxy,
        .https = config->https,
        .upload_dir = uploads.p,
    };
    struct http_app app = {.context = portal, .begin = cycle_begin, .respond = cycle_respond};
    portal->server = http_start(&options, &app, err);
    return portal->server != NULL;
}

static bool web_start(struct portal *portal, const struct config *config, struct feature_list features, struct err *err)
{
    struct db_options pool = {.connections = config->connections, .writers = (config->connections + 1) / 2};
    turns_start(pool.connections, pool.writers);
    struct password_cost cost = {.memory_kib = config->hash_memory_kib, .passes = config->hash_passes, .threads = 2};
    portal->arena = arena_create();
    portal->app.features = features;
    gather_menu(portal, features);
    return gather_routes(portal, features, err) && db_open(&portal->app.db, config->database, &pool, err) &&
           web_load_stored(portal, config, err) && password_start(cost, err) && start_http(portal, config, err);
}

/* Sends a report to the supervisor, which reads until the pipe closes. */
static void web_tell(int report, char kind, struct str text)
{
    char line[300];
    int n = snprintf(line, sizeof line, "%c%.*s", kind, STR_FMT(text));
    if (report < 0)
        return;
    if (n > 0 && write(report, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1) < 0)
        log_event(LOG_WARN, "report_failed", LOG_I("errno", errno));
    (void)close(report);
}

static void flush_activity(struct portal *portal)
{
    struct err err = {.kind = ERR_NONE};
    struct db_conn *conn = db_acquire_to_write(portal->app.db, &err);
    if (!conn || !write_behind_flush_all(conn, &err))
        log_event(LOG_WARN, "activity_not_written", LOG_Z("detail", err.detail));
    db_release(conn);
}

/* Loads settings that administrators published on another node or with a command. */
static void web_renew_setup(struct portal *portal)
{
    struct err err = {.kind = ERR_NONE};
    struct db_conn *conn = db_acquire(portal->app.db, &err);
    if (!conn || !setups_renew(&portal->setups, conn, &err))
        log_event(LOG_WARN, "configuration_not_read", LOG_Z("detail", err.detail));
    db_release(conn);
}

static void run_until_told(struct portal *portal)
{
    sigset_t set;
    const struct timespec second = {.tv_sec = 1};
    process_signals(&set);
    for (int seconds = 1;; seconds++) {
        int signal = sigtimedwait(&set, NULL, &second);
        if (signal == SIGTERM || signal == SIGINT)
            return;
        if (signal == SIGHUP && !log_reopen())
            log_event(LOG_WARN, "log_not_reopened", LOG_I("errno", errno));
        web_renew_setup(portal);
        if (seconds % FLUSH_SECONDS == 0)
            flush_activity(portal);
    }
}

int web_process(const struct config *config, struct feature_list features, int report)
{
    static struct portal portal; /* threads write the counters until the very end */
    struct err err = {.kind = ERR_NONE};
    if (!web_start(&portal, config, features, &err)) {
        if (report < 0)
            log_event(LOG_ERROR, "web_not_started", LOG_Z("detail", err.detail));
        web_tell(report, 'E', str_of(err.detail[0] ? err.detail : msgid_text(err.message)));
        return 1;
    }
    struct str address = http_address(portal.server, portal.arena);
    log_event(LOG_INFO, "web_started", LOG_S("address", address));
    web_tell(report, 'R', address);
    run_until_told(&portal);
    http_stop(portal.server, DRAIN_SECONDS);
    flush_activity(&portal);
    password_stop();
    db_close(portal.app.db);
    log_event(LOG_INFO, "web_stopped", LOG_I("requests", http_stats(portal.server).requests));
    return 0;
}
