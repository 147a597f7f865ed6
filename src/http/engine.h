/* Only for src/http: the server and one exchange of request and response, shared by engine.c and server.c. */
#pragma once

#include "http/body.h"
#include "http/deadline.h"
#include "http/fair.h"
#include "http/head.h"
#include "http/listen.h"
#include "http/memory.h"

#include <stdatomic.h>

/* Defaults of http_limits and http_options. */
#define FORM_BYTES ((size_t)256 * 1024)
#define FIELD_COUNT 2200 /* a specification of 2,000 rows, each chosen with a field */
#define CONNECTION_LIMIT 4096
#define IDLE_SECONDS 30

/*
 * Memory of a connection: the head of the request, the library's notes about each line, and the head of the answer. All
 * of it is written after every answer, so an idle connection uses all of it.
 */
#define POOL_BYTES ((size_t)16 * 1024)
#define LINE_BYTES 64
#define ANSWER_BYTES 3072
/* Room for the lines that the engine adds to an answer: status line, Date, Content-Length, Connection, X-Request-Id. */
#define ANSWER_FIXED_BYTES 256
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STACK_BYTES ((size_t)2 * 1024 * 1024)
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STACK_BYTES ((size_t)2 * 1024 * 1024)
#endif
#endif
#ifndef STACK_BYTES
#define STACK_BYTES ((size_t)256 * 1024)
#endif

/* With more connections than this, stacks are trimmed after each answer, which takes some microseconds. */
#define TRIM_CONNECTIONS 64

/*
 * With many connections, an answered connection is kept only for this time: it uses three times the memory of one that
 * has not sent a request yet, and the client can open a new one for its next request.
 */
#define CROWD_CONNECTIONS 512
#define CROWD_IDLE_SECONDS 5

/*
 * A body may take one minute, and one second more for each 4 KiB received. The time for an answer depends on its size
 * in the same way.
 */
#define TRANSFER_SECONDS 60
#define TRANSFER_BYTES_PER_SECOND 4096
#define LINGER_SECONDS 30
/* The most bytes that are asked for at once from a body that is made while it is sent. */
#define STREAM_BLOCK ((size_t)32 * 1024)
#define LINGER_IDLE_MS 2000
#define LINGER_BUFFER 4096

struct MHD_Daemon;

struct http_server {
    struct arena *arena;
    struct http_app app;
    struct http_options options;
    struct listener listener;
    struct deadlines *deadlines;
    struct fair *fair;
    struct MHD_Daemon *daemon;
    unsigned idle_seconds, connection_limit;
    int64_t limit_told_us; /* when the limit was last logged; used by one thread */
    atomic_bool stopping;
    _Atomic int64_t connections, requests, refused;
    struct memory_peak peak;
    _Atomic int64_t running; /* requests whose head is read and whose answer is not sent yet */
};

struct exchange {
    struct http_server *server;
    struct arena *arena; /* holds the exchange itself, too */
    const char *target_at;
    char id[17];
    struct head head;
    size_t head_room; /* room for the head of an answer in the connection's memory */
    struct http_request request;
    struct http_response response;
    struct body *body;
    struct err broken;         /* set when the head is valid but its query is not */
    struct deadline *deadline; /* of the connection, while a stream is sent */
    int64_t started_us, streamed;
    bool begun, early, close_after;
};

struct exchange *exchange_create(struct http_server *server, struct str target);
void exchange_destroy(struct exchange *exchange);
/* Replaces the response with a short plain text. */
void response_plain(struct http_response *response, struct arena *arena, int status, const char *reason, bool https);
/*
 * Compresses a page that the client takes as gzip. A page that another site asked for is sent as it is: that site may
 * have chosen the address, which stands in the page, and could learn from the length what else is there.
 */
void response_compress(const struct http_request *request, struct http_response *response);
/* Replaces a response that cannot be sent with a 500. */
void response_mend(struct http_response *response, struct arena *arena, size_t head_room, bool https);

MUST_CHECK bool engine_start(struct http_server *server, struct err *err);
void engine_quiesce(struct http_server *server);
/* Waits for all threads. */
void engine_stop(struct http_server *server);
