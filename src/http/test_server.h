/* For tests of the engine: a small application, a server with it, and a client that speaks raw bytes. */
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "base/test.h"
#include "http/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define FILE_BYTES 300000
#define STATIC_BYTES 200000
#define STREAM_BYTES 1000000

static atomic_int slow_running; /* number of waiting handlers of /slow */
static atomic_bool slow_may_end;
static char static_page[STATIC_BYTES];

/* --- the application ---------------------------------------------------------------------------------------------- */

static bool test_begin(void *context, struct http_request *request, struct http_limits *limits,
                       struct http_response *response)
{
    (void)context;
    request->context = request; /* kept until respond */
    if (str_eqz(request->path, "/upload")) {
        limits->upload_bytes = 1000000;
        limits->upload_count = 3;
    }
    if (!str_eqz(request->path, "/early"))
        return true;
    response->status = 403;
    response->content_type = "text/plain";
    buf_z(&response->body, "not read");
    return false;
}

static int status_of(const struct err *failure)
{
    static const int statuses[] = {
        [ERR_INVALID] = 400, [ERR_TOO_LARGE] = 413, [ERR_UNSUPPORTED] = 415, [ERR_FULL] = 507};
    size_t known = sizeof statuses / sizeof statuses[0];
    return (size_t)failure->kind < known && statuses[failure->kind] ? statuses[failure->kind] : 500;
}

static void respond_file(struct http_response *response)
{
    char name[] = "/tmp/kundportal-test-XXXXXX";
    response->fd = mkstemp(name);
    assert_true(response->fd >= 0 && unlink(name) == 0 && ftruncate(response->fd, FILE_BYTES) == 0);
    response->fd_size = FILE_BYTES;
}

/* Sends the third part of a file; each byte is the last digit of its position. */
static void respond_part(struct http_response *response)
{
    respond_file(response);
    for (int at = 0; at < FILE_BYTES; at += 10)
        assert_int_equal(pwrite(response->fd, "0123456789", 10, at), 10);
    response->fd_offset = 100005;
    response->fd_size = 100000;
}

static atomic_int streams_open; /* streams whose arena still exists */

static void forget_stream(void *what)
{
    (void)what;
    atomic_fetch_sub(&streams_open, 1);
}

struct test_stream {
    int64_t left;
    bool fails; /* fails at its end */
};

static ssize_t read_test_stream(void *context, char *bytes, size_t room)
{
    struct test_stream *stream = context;
    size_t n = (int64_t)room < stream->left ? room : (size_t)stream->left;
    if (!n)
        return stream->fails ? -1 : 0;
    n = n > 1000 ? n - 999 : n; /* pieces of all sizes */
    (void)memset(bytes, 'x', n);
    stream->left -= (int64_t)n;
    return (ssize_t)n;
}

static void respond_stream(struct http_request *request, struct http_response *response)
{
    struct test_stream *stream = ARENA_NEW(request->arena, struct test_stream);
    *stream = (struct test_stream){str_eqz(request->path, "/endless-stream") ? INT64_MAX : STREAM_BYTES,
                                   str_eqz(request->path, "/failing-stream")};
    response->stream = (struct http_stream){read_test_stream, stream};
    atomic_fetch_add(&streams_open, 1);
    arena_on_release(request->arena, forget_stream, NULL);
}

static void respond_echo(const struct http_request *request, struct buf *body)
{
    buf_printf(body, "%.*s %.*s client=%.*s", STR_FMT(request->method_name), STR_FMT(request->path),
               STR_FMT(request->client));
    for (size_t i = 0; i < request->query.count; i++)
        buf_printf(body, " ?%.*s=%.*s", STR_FMT(request->query.items[i].name), STR_FMT(request->query.items[i].value));
    for (size_t i = 0; i < request->form.count && i < 10; i++)
        buf_printf(body, " %.*s=%.*s", STR_FMT(request->form.items[i].name), STR_FMT(request->form.items[i].value));
    for (size_t i = 0; i < request->upload_count; i++)
        buf_printf(body, " %.*s:%.*s:%lld%s", STR_FMT(request->uploads[i].field), STR_FMT(request->uploads[i].filename),
                   (long long)request->uploads[i].size, request->uploads[i].too_large ? "!" : "");
    buf_z(body, " .\n");
}

static void respond_slow(void)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    atomic_fetch_add(&slow_running, 1);
    while (!atomic_load(&slow_may_end))
        (void)nanosleep(&pause, NULL);
    atomic_fetch_sub(&slow_running, 1);
}

static void test_respond(void *context, struct http_request *request, const struct err *failure,
                         struct http_response *response)
{
    (void)context;
    response->content_type = "text/plain; charset=utf-8";
    response->status = failure ? status_of(failure) : 200;
    if (request->context != request)
        response->status = 500;
    if (failure) {
        buf_printf(&response->body, "failure: %s\n", failure->detail);
        return;
    }
    if (str_eqz(request->path, "/slow"))
        respond_slow();
    if (str_eqz(request->path, "/304"))
        response->status = 304;
    if (str_eqz(request->path, "/split"))
        http_set(response, "X-Split", STR("a\r\nX: b"));
    if (str_eqz(request->path, "/long"))
        http_set(response, "X-Long", (struct str){memset(static_page, 'x', 17000), 17000});
    if (str_eqz(request->path, "/nothing"))
        response->status = 0;
    if (str_eqz(request->path, "/file")) {
        respond_file(response);
    } else if (str_eqz(request->path, "/part")) {
        respond_part(response);
    } else if (str_ends(request->path, STR("stream"))) {
        respond_stream(request, response);
    } else if (str_eqz(request->path, "/static")) {
        response->static_body = static_page;
        response->static_size = STATIC_BYTES;
    } else if (response->status != 304) {
        respond_echo(request, &response->body);
    }
}

/* --- the server --------------------------------------------------------------------------------------------------- */

static struct http_server *servers[20]; /* kept after http_stop, so that the sanitizers see them as reachable */
static size_t server_count;

static inline struct http_server *start_server(struct http_options options)
{
    struct http_app app = {.begin = test_begin, .respond = test_respond};
    struct err err = {.kind = ERR_NONE};
    log_set_level(LOG_ERROR);
    if (!options.listen.n)
        options.listen = STR("127.0.0.1:0");
    if (!options.upload_dir)
        options.upload_dir = "/tmp";
    struct http_server *server = http_start(&options, &app, &err);
    if (!server)
        fail_msg("%s", err.detail);
    assert_true(server_count < sizeof servers / sizeof servers[0]);
    return servers[server_count++] = server;
}

/* --- the client --------------------------------------------------------------------------------------------------- */

/* Connects from an address of loopback, in the order of the host. */
static inline int try_connect_from(const struct http_server *server, uint32_t source)
{
    const struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(source)};
    const struct timeval patience = {.tv_sec = 20};
    struct arena *arena = arena_create();
    struct str address = http_address(server, arena);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int64_t port = 0;
    assert_true(str_to_int(str_slice(address, strlen("127.0.0.1:"), address.n), &port));
    to.sin_port = htons((uint16_t)port);
    arena_destroy(arena);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (bind(fd, (const struct sockaddr *)&from, sizeof from) == 0 &&
        connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

static inline int try_connect(const struct http_server *server)
{
    return try_connect_from(server, INADDR_LOOPBACK);
}

static inline int connect_to(const struct http_server *server)
{
    int fd = try_connect(server);
    assert_true(fd >= 0);
    return fd;
}

/* Returns false when the server has closed the connection. */
static inline bool send_all(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes = str_slice(bytes, (size_t)n, bytes.n);
    }
    return true;
}

/* Reads all bytes until the server closes. A reset counts as an end; too long a silence does not. */
static inline struct str read_to_end(struct arena *arena, int fd)
{
    struct buf all;
    char bytes[16384];
    ssize_t n;
    buf_init(&all, arena);
    buf_add(&all, "", 0);
    while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0)
        buf_add(&all, bytes, (size_t)n);
    if (n < 0 && errno != ECONNRESET)
        fail_msg("no answer: %s; so far: %s", strerror(errno), all.p);
    (void)close(fd);
    return buf_text(&all);
}

/* Reads one answer of a connection that stays open: its head and Content-Length bytes. */
static inline struct str read_answer(struct arena *arena, int fd)
{
    struct buf all;
    int64_t length = -1;
    ptrdiff_t end = -1;
    char byte[4096];
    buf_init(&all, arena);
    while (end < 0 || (int64_t)all.n < end + 4 + length) {
        ssize_t n = recv(fd, byte, end < 0 ? 1 : sizeof byte, 0);
        if (n <= 0)
            fail_msg("no answer: %s", n ? strerror(errno) : "closed");
        buf_add(&all, byte, (size_t)n);
        if (end >= 0)
            continue;
        end = str_find(buf_text(&all), STR("\r\n\r\n"));
        ptrdiff_t at = str_find(buf_text(&all), STR("Content-Length: "));
        length = end >= 0 && at >= 0 ? strtoll(all.p + at + 16, NULL, 10) : 0;
    }
    return buf_text(&all);
}

static inline struct str ask(struct arena *arena, const struct http_server *server, struct str bytes)
{
    int fd = connect_to(server);
    (void)send_all(fd, bytes);
    return read_to_end(arena, fd);
}

static inline int status_in(struct str answer)
{
    if (!str_starts(answer, STR("HTTP/1.1 ")))
        return 0;
    return atoi(answer.p + 9);
}

static inline bool has(struct str answer, const char *text)
{
    return str_find(answer, str_of(text)) >= 0;
}

#define assert_has(answer, text)                                                                                       \
    do {                                                                                                               \
        if (!has((answer), (text)))                                                                                    \
            fail_msg("no \"%s\" in: %.*s", (text), STR_FMT(answer));                                                   \
    } while (0)
