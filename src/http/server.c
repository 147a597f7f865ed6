#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "http/engine.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* Descriptors reserved for other uses than connections: database, logs, uploads. */
#define DESCRIPTORS_KEPT 512

/* --- one exchange ------------------------------------------------------------------------------------------------- */

struct exchange *exchange_create(struct http_server *server, struct str target)
{
    unsigned char id[8];
    struct arena *arena = arena_create();
    struct exchange *exchange = ARENA_NEW(arena, struct exchange);
    random_bytes(id, sizeof id);
    for (size_t i = 0; i < 2 * sizeof id; i++)
        exchange->id[i] = "0123456789abcdef"[id[i / 2] >> (i % 2 ? 0 : 4) & 15];
    exchange->server = server;
    exchange->arena = arena;
    exchange->head.target = arena_str(arena, target);
    exchange->request.arena = arena;
    exchange->request.id = (struct str){exchange->id, 16};
    exchange->head_room = ANSWER_BYTES; /* until the head has been read */
    exchange->response.fd = -1;
    exchange->response.status = 200;
    buf_init(&exchange->response.body, arena);
    return exchange;
}

void exchange_destroy(struct exchange *exchange)
{
    if (exchange->response.fd >= 0)
        (void)close(exchange->response.fd);
    arena_destroy(exchange->arena);
}

void response_plain(struct http_response *response, struct arena *arena, int status, const char *reason, bool https)
{
    if (response->fd >= 0)
        (void)close(response->fd);
    *response = (struct http_response){.status = status, .content_type = "text/plain; charset=utf-8", .fd = -1};
    buf_init(&response->body, arena);
    buf_printf(&response->body, "%d %s\n", status, reason);
    http_secure(response, "default-src 'none'; frame-ancestors 'none'", https);
}

static size_t head_bytes(const struct http_response *response)
{
    size_t bytes = response->content_type ? strlen(response->content_type) : 0;
    for (size_t i = 0; i < response->header_count; i++)
        bytes += strlen(response->headers[i].name) + response->headers[i].value.n + strlen(": \r\n");
    return bytes;
}

void response_mend(struct http_response *response, struct arena *arena, size_t head_room, bool https)
{
    bool impossible = response->status < 200 || response->status > 599, too_long = head_bytes(response) > head_room;
    if (impossible)
        log_event(LOG_ERROR, "response_without_status", LOG_I("status", response->status));
    if (too_long)
        log_event(LOG_ERROR, "response_head_too_long", LOG_I("bytes", head_bytes(response)), LOG_I("room", head_room));
    if (impossible || too_long || response->broken)
        response_plain(response, arena, 500, "something went wrong", https);
}

/* --- the server --------------------------------------------------------------------------------------------------- */

/* Each connection needs a descriptor. The soft limit of 1,024 exists only for programs that use select(2). */
static unsigned connections_possible(unsigned wanted)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 && getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    rlim_t room = limit.rlim_cur > 2 * DESCRIPTORS_KEPT ? limit.rlim_cur - DESCRIPTORS_KEPT : limit.rlim_cur / 2;
    if (room >= wanted)
        return wanted;
    log_event(LOG_WARN, "few_connections", LOG_I("wanted", wanted), LOG_I("possible", room));
    return (unsigned)room;
}

static struct http_server *server_create(const struct http_options *options, const struct http_app *app)
{
    struct arena *arena = arena_create();
    struct http_server *server = ARENA_NEW(arena, struct http_server);
    server->arena = arena;
    server->app = *app;
    server->options = *options;
    server->options.trusted_proxy = arena_str(arena, options->trusted_proxy);
    server->options.upload_dir = arena_z(arena, str_of(options->upload_dir));
    server->idle_seconds = options->idle_seconds ? options->idle_seconds : IDLE_SECONDS;
    return server;
}

struct http_server *http_start(const struct http_options *options, const struct http_app *app, struct err *err)
{
    struct http_server *server = server_create(options, app);
    unsigned limit = connections_possible(options->connection_limit ? options->connection_limit : CONNECTION_LIMIT);
    (void)signal(SIGPIPE, SIG_IGN); /* when a client has gone, write fails; the process must not end */
    if (!listener_open(server->arena, options, &server->listener, err))
        goto no_listener;
    server->deadlines = deadlines_start(err);
    if (!server->deadlines)
        goto no_deadlines;
    server->connection_limit = limit;
    server->fair = fair_create(server->arena, &server->options, limit);
    if (engine_start(server, err))
        return server;
    deadlines_stop(server->deadlines);
no_deadlines:
    listener_close(&server->listener);
no_listener:
    arena_destroy(server->arena);
    return NULL;
}

struct str http_address(const struct http_server *server, struct arena *arena)
{
    return arena_str(arena, server->listener.address);
}

static void wait_for_running(struct http_server *server, int seconds)
{
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    int64_t until_us = clock_monotonic_us() + seconds * US_PER_SECOND;
    while (atomic_load(&server->running) > 0 && clock_monotonic_us() < until_us)
        (void)nanosleep(&pause, NULL);
}

void http_stop(struct http_server *server, int seconds)
{
    atomic_store(&server->stopping, true);
    engine_quiesce(server);
    listener_refuse(&server->listener);
    wait_for_running(server, seconds);
    engine_stop(server);
    deadlines_stop(server->deadlines);
    listener_close(&server->listener);
}

struct http_stats http_stats(const struct http_server *server)
{
    return (struct http_stats){
        .connections = atomic_load_explicit(&server->connections, memory_order_relaxed),
        .requests = atomic_load_explicit(&server->requests, memory_order_relaxed),
        .refused = atomic_load_explicit(&server->refused, memory_order_relaxed),
    };
}
