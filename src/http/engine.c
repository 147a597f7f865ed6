/*
 * The only file that knows libmicrohttpd 0.9.75, which uses one polling thread per connection. head.h refuses requests
 * that this version accepts too easily; this file bounds its use of memory and time.
 */
#include "http/engine.h"

#include "base/clock.h"
#include "base/log.h"
#include "http/escape.h"

#include <microhttpd.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connection_fd(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static struct deadline *connection_deadline(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info->socket_context;
}

static void allow_seconds(struct MHD_Connection *connection, int64_t seconds)
{
    deadline_set(connection_deadline(connection), clock_monotonic_us() + seconds * US_PER_SECOND);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

/* A client earns time as it reads, as a sender does while it uploads. */
static ssize_t read_stream(void *what, uint64_t at, char *bytes, size_t room)
{
    struct exchange *exchange = what;
    (void)at;
    log_set_request(exchange->request.id);
    ssize_t n = exchange->response.stream.read(exchange->response.stream.context, bytes, room);
    log_set_request(STR_NONE);
    if (n < 0)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (n == 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    exchange->streamed += n;
    int64_t earned_seconds = TRANSFER_SECONDS + exchange->streamed / TRANSFER_BYTES_PER_SECOND;
    deadline_set(exchange->deadline, exchange->started_us + earned_seconds * US_PER_SECOND);
    return n;
}

static struct MHD_Response *make_file_body(struct http_response *response, int64_t *bytes)
{
    *bytes = response->fd_size;
    struct MHD_Response *made = MHD_create_response_from_fd_at_offset64((uint64_t)response->fd_size, response->fd,
                                                                        (uint64_t)response->fd_offset);
    if (made)
        response->fd = -1; /* closed with the response */
    return made;
}

static struct MHD_Response *make_stream_body(struct exchange *exchange, struct MHD_Connection *connection)
{
    exchange->deadline = connection_deadline(connection);
    exchange->started_us = clock_monotonic_us();
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, exchange, NULL);
}

static struct MHD_Response *make_body(struct exchange *exchange, struct MHD_Connection *connection, int64_t *bytes)
{
    struct http_response *response = &exchange->response;
    if (response->fd >= 0)
        return make_file_body(response, bytes);
    if (response->stream.read)
        return make_stream_body(exchange, connection);
    struct str body = buf_text(&response->body);
    if (response->static_body)
        body = (struct str){response->static_body, response->static_size};
    *bytes = (int64_t)body.n;
    /* The arena lives until everything is sent. */
    return MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
}

static bool add_headers(struct arena *arena, struct MHD_Response *made, const struct http_response *response)
{
    bool ok = !response->content_type ||
              MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type) == MHD_YES;
    for (size_t i = 0; ok && i < response->header_count; i++) {
        const struct http_header_line *line = &response->headers[i];
        ok = !line->value.n || MHD_add_response_header(made, line->name, arena_z(arena, line->value)) == MHD_YES;
    }
    return ok;
}

/* Gives the response to the library. Returns false to close the connection. */
static bool send_response(struct exchange *exchange, struct MHD_Connection *connection)
{
    struct http_response *response = &exchange->response;
    bool close_after = exchange->close_after || atomic_load(&exchange->server->stopping);
    response_compress(&exchange->request, response);
    response_mend(response, exchange->arena, exchange->head_room, exchange->server->options.https);
    int64_t answer_bytes = 0;
    struct MHD_Response *made = make_body(exchange, connection, &answer_bytes);
    if (!made)
        return false;
    /*
     * Only answers to our own faults carry the id: a page that is not visible to this user and a missing page must give
     * the same bytes (domain 5).
     */
    bool ok = add_headers(exchange->arena, made, response) &&
              (response->status < 500 || MHD_add_response_header(made, "X-Request-Id", exchange->id) == MHD_YES) &&
              (!close_after || MHD_add_response_header(made, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES);
    allow_seconds(connection, TRANSFER_SECONDS + answer_bytes / TRANSFER_BYTES_PER_SECOND);
    ok = ok && MHD_queue_response(connection, (unsigned)response->status, made) == MHD_YES;
    MHD_destroy_response(made);
    atomic_fetch_add_explicit(&exchange->server->requests, 1, memory_order_relaxed);
    return ok;
}

/* Answers before the body is read, and closes: a client may read the answer only after it has sent everything. */
static bool send_early(struct exchange *exchange, struct MHD_Connection *connection)
{
    exchange->close_after = true;
    exchange->early = true;
    return send_response(exchange, connection);
}

static bool send_refusal(struct exchange *exchange, struct MHD_Connection *connection, struct refusal refusal)
{
    log_set_request(exchange->request.id);
    log_event(LOG_INFO, "request_refused", LOG_I("status", refusal.status), LOG_Z("reason", refusal.reason));
    log_set_request(STR_NONE);
    atomic_fetch_add_explicit(&exchange->server->refused, 1, memory_order_relaxed);
    response_plain(&exchange->response, exchange->arena, refusal.status, refusal.reason,
                   exchange->server->options.https);
    if (refusal.location.n)
        http_set(&exchange->response, "Location", refusal.location);
    return send_early(exchange, connection);
}

static bool respond(struct exchange *exchange, struct MHD_Connection *connection, const struct err *failure)
{
    struct http_server *server = exchange->server;
    if (failure) {
        atomic_fetch_add_explicit(&server->refused, 1, memory_order_relaxed);
        exchange->close_after |= failure->kind == ERR_TOO_LARGE;
    }
    deadline_set(connection_deadline(connection), 0);
    log_set_request(exchange->request.id);
    server->app.respond(server->app.context, &exchange->request, failure, &exchange->response);
    log_set_request(STR_NONE);
    return exchange->early ? send_early(exchange, connection) : send_response(exchange, connection);
}

/* --- the head ----------------------------------------------------------------------------------------------------- */

/*
 * An extra header before those of the client, so that the library finds no cookies to parse. It would parse them in the
 * memory of the connection, and wrongly where there is a single quote mark.
 */
static const char no_cookies[] = MHD_HTTP_HEADER_COOKIE;

/*
 * Called after the first line; the library then cuts up the text at `target` itself. A list of the query parameters
 * would leave no memory for an answer, so the query is cut to nothing before the library reads it.
 */
static void *on_target(void *what, const char *target, struct MHD_Connection *connection)
{
    struct http_server *server = what;
    struct exchange *exchange = exchange_create(server, str_of(target));
    char *query = strchr((char *)(uintptr_t)target, '?');
    exchange->target_at = target;
    if (query)
        query[1] = '\0';
    (void)MHD_set_connection_value(connection, MHD_HEADER_KIND, no_cookies, "");
    allow_seconds(connection, server->idle_seconds);
    return exchange;
}

/* Leaves escapes alone, because http_parse_path decodes them, once. */
static size_t leave_escaped(void *what, struct MHD_Connection *connection, char *text)
{
    (void)what, (void)connection;
    return strlen(text);
}

struct gathering {
    struct head *head;
    const char *next; /* address at which the next line must begin */
    bool seamless;
};

static enum MHD_Result gather_line(void *what, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct gathering *gathering = what;
    (void)kind;
    if (name == no_cookies)
        return MHD_YES;
    struct head_line *line = &gathering->head->lines[gathering->head->count++];
    value = value ? value : "";
    *line = (struct head_line){str_of(name), trim_blanks(str_of(value))};
    gathering->seamless = gathering->seamless && name == gathering->next;
    gathering->next = value + strlen(value) + 2;
    return MHD_YES;
}

/*
 * The library cuts lines in place and gives C strings. They do not show a NUL, a lone LF, a continued line or a second
 * blank in the request; but then the lines do not follow each other with exactly CRLF between them.
 */
static struct refusal gather_head(struct exchange *exchange, struct MHD_Connection *connection, const char *method,
                                  const char *version)
{
    struct head *head = &exchange->head;
    int count = MHD_get_connection_values(connection, MHD_HEADER_KIND, NULL, NULL);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    struct gathering gathering = {.head = head, .next = version + strlen(version) + 2};
    head->method = arena_str(exchange->arena, str_of(method));
    head->version = str_of(version);
    head->lines = ARENA_ARRAY(exchange->arena, struct head_line, count > 0 ? (size_t)count : 0);
    gathering.seamless =
        exchange->target_at == method + head->method.n + 1 && version == exchange->target_at + head->target.n + 1;
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, gather_line, &gathering);
    if (!gathering.seamless || !info || gathering.next + 2 != method + info->header_size)
        return head_refuse(400, "a NUL, a lone line feed or a continued line");
    size_t taken = info->header_size + (head->count + 1) * LINE_BYTES + ANSWER_FIXED_BYTES;
    if (taken + ANSWER_BYTES > POOL_BYTES)
        return head_refuse(431, "the headers are too long");
    exchange->head_room = POOL_BYTES - taken;
    return head_check(head);
}

static const struct sockaddr *peer_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

/* The first call for a request. Answers it now only when its body is not wanted. */
static bool engine_begin(struct exchange *exchange, struct MHD_Connection *connection, const char *method,
                         const char *version)
{
    struct http_server *server = exchange->server;
    struct http_limits limits = {.form_bytes = FORM_BYTES, .field_count = FIELD_COUNT};
    exchange->begun = true;
    atomic_fetch_add(&server->running, 1);
    struct refusal refusal = gather_head(exchange, connection, method, version);
    if (!refusal.status)
        refusal = head_read(&exchange->head, &exchange->request, &exchange->broken);
    if (refusal.status)
        return send_refusal(exchange, connection, refusal);
    struct str peer = client_address(exchange->arena, peer_of(connection));
    client_find(&exchange->head, peer, &server->options, &exchange->request);
    if (!server->app.begin(server->app.context, &exchange->request, &limits, &exchange->response))
        return send_early(exchange, connection);
    exchange->body = body_begin(&exchange->request, &limits, server->options.upload_dir);
    exchange->started_us = clock_monotonic_us();
    allow_seconds(connection, TRANSFER_SECONDS);
    if (body_fits(exchange->body, head_length(&exchange->head)))
        return true;
    exchange->early = true;
    (void)err_set(&exchange->broken, ERR_TOO_LARGE, NULL, "a body of more than can be read");
    return respond(exchange, connection, &exchange->broken);
}

/* --- the body, and then the answer -------------------------------------------------------------------------------- */

static void feed(struct exchange *exchange, struct MHD_Connection *connection, const char *bytes, size_t n)
{
    body_feed(exchange->body, bytes, n);
    int64_t earned_seconds = TRANSFER_SECONDS + body_received(exchange->body) / TRANSFER_BYTES_PER_SECOND;
    deadline_set(connection_deadline(connection), exchange->started_us + earned_seconds * US_PER_SECOND);
}

static bool engine_finish(struct exchange *exchange, struct MHD_Connection *connection)
{
    const struct err *failure = body_end(exchange->body);
    if (!failure && exchange->broken.kind != ERR_NONE)
        failure = &exchange->broken;
    return respond(exchange, connection, failure);
}

static enum MHD_Result on_request(void *what, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *size, void **state)
{
    struct exchange *exchange = *state;
    (void)what, (void)url;
    bool ok = true;
    if (!exchange->begun) {
        ok = engine_begin(exchange, connection, method, version);
    } else if (*size) {
        feed(exchange, connection, bytes, *size);
        *size = 0;
    } else {
        ok = engine_finish(exchange, connection);
    }
    return ok ? MHD_YES : MHD_NO;
}

/*
 * Reads on for a while, because closing a socket with unread bytes resets it, and the client may then lose the answer.
 */
static void linger(struct exchange *exchange, struct MHD_Connection *connection)
{
    char *bytes = arena_alloc(exchange->arena, LINGER_BUFFER);
    int fd = connection_fd(connection);
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    int64_t total = 0;
    ssize_t n = 1;
    allow_seconds(connection, LINGER_SECONDS);
    if (shutdown(fd, SHUT_WR) != 0)
        return;
    while (n > 0 && total < BODY_DISCARD_BYTES && poll(&ready, 1, LINGER_IDLE_MS) > 0) {
        n = recv(fd, bytes, LINGER_BUFFER, MSG_DONTWAIT);
        total += n;
    }
}

static void on_completed(void *what, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    struct http_server *server = what;
    struct exchange *exchange = *state;
    if (!exchange)
        return;
    *state = NULL;
    if (!exchange->begun) /* the library itself refused the head */
        atomic_fetch_add_explicit(&server->refused, 1, memory_order_relaxed);
    else
        atomic_fetch_sub(&server->running, 1);
    if (exchange->early && code == MHD_REQUEST_TERMINATED_COMPLETED_OK)
        linger(exchange, connection);
    exchange_destroy(exchange);
    int64_t connections = atomic_load_explicit(&server->connections, memory_order_relaxed);
    allow_seconds(connection, connections > CROWD_CONNECTIONS ? CROWD_IDLE_SECONDS : 2 * (int64_t)server->idle_seconds);
    if (connections > TRIM_CONNECTIONS)
        memory_trim_stack(clock_monotonic_us());
}

static void tell_limit(struct http_server *server, const char *event)
{
    int64_t now_us = clock_monotonic_us();
    if (server->limit_told_us && now_us - server->limit_told_us < 60 * US_PER_SECOND)
        return;
    server->limit_told_us = now_us;
    log_event(LOG_WARN, event, LOG_I("limit", server->connection_limit));
}

/* The library asks before it makes a connection, in the thread that also notifies of connections. */
static enum MHD_Result on_accept(void *what, const struct sockaddr *address, socklen_t size)
{
    struct http_server *server = what;
    (void)size;
    if (fair_allows(server->fair, address))
        return MHD_YES;
    tell_limit(server, "address_limit_reached");
    return MHD_NO;
}

static void on_connection(void *what, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http_server *server = what;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        struct deadline *deadline = deadline_add(server->deadlines, connection_fd(connection));
        deadline_set(deadline, clock_monotonic_us() + 2 * (int64_t)server->idle_seconds * US_PER_SECOND);
        *state = deadline;
        if (atomic_fetch_add_explicit(&server->connections, 1, memory_order_relaxed) + 1 >= server->connection_limit)
            tell_limit(server, "connection_limit_reached");
        fair_count(server->fair, peer_of(connection), 1);
    } else {
        fair_count(server->fair, peer_of(connection), -1);
        deadline_remove(server->deadlines, *state);
        memory_after_close(&server->peak, atomic_fetch_sub_explicit(&server->connections, 1, memory_order_relaxed) - 1);
    }
}

/* --- start and stop ----------------------------------------------------------------------------------------------- */

/*
 * The strict mode of the library is off, because it closes the connection where an answer is possible; head_check is
 * strict instead.
 */
bool engine_start(struct http_server *server, struct err *err)
{
    server->daemon =
        MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC,
                         0, on_accept, server, on_request, server, MHD_OPTION_LISTEN_SOCKET, server->listener.fd,
                         MHD_OPTION_CONNECTION_LIMIT, server->connection_limit, MHD_OPTION_CONNECTION_TIMEOUT,
                         server->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_BYTES,
                         MHD_OPTION_THREAD_STACK_SIZE, STACK_BYTES, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
                         MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_URI_LOG_CALLBACK, on_target,
                         server, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_END);
    return server->daemon || err_errno(err, "start of the HTTP engine");
}

void engine_quiesce(struct http_server *server)
{
    (void)MHD_quiesce_daemon(server->daemon);
}

void engine_stop(struct http_server *server)
{
    MHD_stop_daemon(server->daemon);
}
