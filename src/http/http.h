/*
 * HTTP as the program sees it. Only engine.c knows the library underneath. A request is read completely (the head, then
 * the body within the limits that the application gave for it) and then answered completely. Uploads go to unnamed
 * temporary files while they arrive. All texts of a request are valid UTF-8 without NUL; other requests were refused
 * with 400 before.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"

#include <sys/types.h>

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_param {
    struct str name, value;
};

struct http_params {
    struct http_param *items;
    size_t count;
};

/* Returns the first value of that name; the empty str when absent. */
struct str http_param(const struct http_params *params, const char *name);
bool http_has(const struct http_params *params, const char *name);
/* Reads the values of a name one after the other: start with *at = 0. Returns false when there are no more. */
bool http_param_next(const struct http_params *params, const char *name, size_t *at, struct str *value);

/*
 * One uploaded file. fd is an open, unnamed file at position 0, which is closed with the arena. Empty file inputs are
 * left out.
 */
struct http_upload {
    struct str field;
    struct str filename; /* last part of the path that the client sent, valid UTF-8, at most 255 bytes; untrusted */
    int64_t size;
    int fd;
    bool too_large; /* larger than the limit: the rest was discarded and fd is -1 */
};

#define HTTP_LEFT_OUT 100

struct http_request {
    struct arena *arena;
    struct str id; /* request id, 16 hex digits; in every log line and on error pages */
    enum http_method method;
    struct str method_name;
    struct str path;       /* decoded once; no `..`, no NUL, no empty segments except in the root */
    struct str query_text; /* as sent, without the `?` */
    struct http_params query;
    struct http_params cookies;
    struct http_params form; /* urlencoded or multipart fields */
    struct http_upload *uploads;
    size_t upload_count;
    bool too_many_uploads; /* more files than allowed: the rest was discarded */
    struct str *left_out;  /* names of the first HTTP_LEFT_OUT discarded files, as in struct http_upload */
    size_t left_out_count;
    struct str client; /* address of the client; for a trusted proxy, the client that the proxy names */
    bool loopback;     /* the peer is on loopback (or a Unix socket) and no proxy named another client */
    bool secure;       /* the client reaches the portal by https */
    void *engine;      /* for http_header */
    void *context;     /* for the application, from begin to respond */
};

/* Returns the value of a request header by its lower-case name; the empty str when absent. */
struct str http_header(const struct http_request *request, const char *name);

struct http_header_line {
    const char *name;
    struct str value;
};

/*
 * A body that is made while it is sent, when its length is not known before. The thread of the connection calls read
 * whenever the client can take more. read writes at most `room` bytes and returns how many it wrote (at least 1), 0 at
 * the end, or -1 when it failed. A failure closes the connection, so the client sees that a part is missing. context
 * lives in the arena of the request, which is destroyed when everything is sent or the client has gone; use
 * arena_on_release to release what the stream holds.
 */
struct http_stream {
    ssize_t (*read)(void *context, char *bytes, size_t room);
    void *context;
};

struct http_response {
    int status;
    const char *content_type; /* NULL: no body */
    struct buf body;
    const void *static_body; /* instead of body: bytes that live as long as the request */
    size_t static_size;
    int fd; /* when >= 0, instead of body: fd_size bytes from fd_offset; the engine closes it */
    int64_t fd_size, fd_offset;
    struct http_stream stream; /* instead of body, when read is set */
    struct http_header_line headers[24];
    size_t header_count;
    bool broken; /* a header could not be set: the answer is 500 */
};

/* Sets a header. A line break in the value is a programming error; the answer is then 500. */
void http_set(struct http_response *response, const char *name, struct str value);
/*
 * Sets the headers that every answer has, so that a browser keeps it out of caches and away from other sites.
 * `content_security` says what a page may load.
 */
void http_secure(struct http_response *response, const char *content_security, bool https);
/* Answers 303 See Other with a path of this site. */
void http_redirect(struct http_response *response, struct str location);

struct http_cookie {
    const char *name;
    struct str value;
    int64_t max_age; /* seconds; 0: until the browser closes; -1: delete */
};
/*
 * Sets a cookie with HttpOnly, SameSite=Lax and Path=/; on https also with Secure and the prefix __Host- before its
 * name.
 */
void http_cookie_set(const struct http_request *request, struct http_response *response, struct http_cookie cookie);
/* Returns a cookie by the name that was given to http_cookie_set. */
struct str http_cookie_get(const struct http_request *request, const char *name);

/* How much of a body the application accepts; the engine asks after it has read the head. */
struct http_limits {
    size_t form_bytes;    /* all fields together (default 256 KiB) */
    size_t field_count;   /* default 2200 */
    int64_t upload_bytes; /* size of one file; 0: no uploads, answered with 415 */
    size_t upload_count;
};

/* The application. Many threads call both functions at once. */
struct http_app {
    void *context;
    /*
     * Called when the head is read: sets the limits. Returns false to send `response` now and close the connection,
     * without reading the body.
     */
    bool (*begin)(void *context, struct http_request *request, struct http_limits *limits,
                  struct http_response *response);
    /*
     * Called when the request is complete: fills the response. `failure` is not NULL when the body was refused (400,
     * 413, 415…).
     */
    void (*respond)(void *context, struct http_request *request, const struct err *failure,
                    struct http_response *response);
};

struct http_options {
    struct str listen; /* `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/kundportal.sock`; port 0 picks one */
    bool allow_public; /* needed for plain TCP on an address other than loopback */
    struct str
        trusted_proxy;      /* addresses, blank-separated, whose X-Forwarded-For/-Proto count; `unix` for the socket */
    bool https;             /* the base URL is https */
    const char *upload_dir; /* folder of temporary files */
    unsigned connection_limit; /* default 4,096 */
    unsigned idle_seconds;     /* default 30 */
};

struct http_server;
/* Starts a server, which answers in threads of its own. */
struct http_server *http_start(const struct http_options *options, const struct http_app *app, struct err *err);
/* Returns the bound address, such as `127.0.0.1:PORT`. */
struct str http_address(const struct http_server *server, struct arena *arena);
/*
 * Takes no more connections, lets running requests finish for up to `seconds`, then closes. It still waits for a
 * handler that runs longer, because a thread cannot be stopped. The server itself is kept for http_stats until the
 * process ends.
 */
void http_stop(struct http_server *server, int seconds);

struct http_stats {
    int64_t connections; /* open now */
    int64_t requests;    /* answered since start */
    int64_t refused;     /* malformed or over limits */
};
struct http_stats http_stats(const struct http_server *server);

/* --- parsers, public for tests and fuzz targets ------------------------------------------------------------------- */

/*
 * Reads `a=1&b=%C3%A5`. ERR_INVALID for bad escapes, NUL and text that is not UTF-8; ERR_TOO_LARGE for more than
 * field_limit parameters.
 */
MUST_CHECK bool http_parse_urlencoded(struct arena *arena, struct str text, size_t field_limit,
                                      struct http_params *params, struct err *err);
/* Returns whether an Accept-Encoding header accepts a coding such as `gzip`; `gzip;q=0` does not. */
bool http_accepts_coding(struct str header, struct str coding);
bool http_parse_cookies(struct arena *arena, struct str header, struct http_params *cookies);
/* Decodes and checks the path of a request; struct http_request says how. */
bool http_parse_path(struct arena *arena, struct str raw, struct str *path);
/* Returns the index of the best of `offered` (language tags) for an Accept-Language header; 0 when no language fits. */
size_t http_accept_language(struct str header, const char *const *offered, size_t count);
