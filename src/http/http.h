/*
 * HTTP as the program sees it. Only engine.c knows the library underneath. A request is read whole (head, then body
 * under the limits that the application gave for it), then answered whole; uploads go to unnamed temporary files while
 * they arrive. All texts of a request are valid UTF-8 without NUL, or the request was refused with 400 before it got
 * here.
 */
#ifndef KP_HTTP_HTTP_H
#define KP_HTTP_HTTP_H

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

/* First value of that name; the empty str when absent. */
struct str http_param(const struct http_params *params, const char *name);
bool http_has(const struct http_params *params, const char *name);
/* Walks all values of a name: start with *at = 0. */
bool http_param_next(const struct http_params *params, const char *name, size_t *at, struct str *value);

/*
 * One uploaded file. fd is an open, unnamed file (closed with the arena); position 0. Empty file inputs are left out.
 */
struct http_upload {
    struct str field;
    struct str filename; /* the last path part as the client named it, valid UTF-8, at most 255 bytes; untrusted */
    int64_t size;
    int fd;
    bool too_large; /* more than upload_limit: the rest was thrown away, fd is -1 */
};

#define HTTP_LEFT_OUT 100

struct http_request {
    struct arena *arena;
    struct str id; /* request id, 16 hex digits; in every log line and on error pages */
    enum http_method method;
    struct str method_name;
    struct str path;       /* decoded once; no `..`, no empty segments but the root, no NUL */
    struct str query_text; /* as sent, without the `?` */
    struct http_params query;
    struct http_params cookies;
    struct http_params form; /* urlencoded or multipart fields */
    struct http_upload *uploads;
    size_t upload_count;
    bool too_many_uploads; /* more files than upload_count_limit: the rest was thrown away */
    struct str *left_out;  /* the names of the first HTTP_LEFT_OUT of them, as in struct http_upload */
    size_t left_out_count;
    struct str client; /* address of the client; behind a trusted proxy the one it names */
    bool loopback;     /* the peer itself is on loopback (or a Unix socket) and no proxy named another client */
    bool secure;       /* https at the outside */
    void *engine;      /* for http_header */
    void *context;     /* the application's, from begin to respond */
};

/* Value of a request header by lower-case name; the empty str when absent. */
struct str http_header(const struct http_request *request, const char *name);

struct http_header_line {
    const char *name;
    struct str value;
};

/*
 * A body that is made while it is sent, of a length that nobody knows before: read is asked, in the thread of the
 * connection, for at most `room` bytes whenever the client can take more, and answers how many it wrote (at least 1), 0
 * at the end, or -1 when it failed, which closes the connection so that the client sees that something is missing.
 * context lives in the arena of the request, which goes when all is sent or the client has gone: what must be released
 * then hangs on the arena.
 */
struct http_stream {
    ssize_t (*read)(void *context, char *bytes, size_t room);
    void *context;
};

struct http_response {
    int status;
    const char *content_type; /* NULL: no body */
    struct buf body;
    const void *static_body; /* instead of body: bytes that live as long as the process */
    size_t static_size;
    int fd; /* instead of body, when >= 0: fd_size bytes from fd_offset on are sent; closed by the engine */
    int64_t fd_size, fd_offset;
    struct http_stream stream; /* instead of body, when it has read */
    struct http_header_line headers[24];
    size_t header_count;
    bool broken; /* a header could not be set: answered 500 */
};

/* Sets a header; line breaks in the value are a programming error that answers 500. */
void http_set(struct http_response *response, const char *name, struct str value);
/* 303 See Other to a path of this site. */
void http_redirect(struct http_response *response, struct str location);

struct http_cookie {
    const char *name;
    struct str value;
    int64_t max_age; /* seconds; 0: until the browser closes; -1: delete */
};
/* Set-Cookie with HttpOnly, SameSite=Lax, Path=/, and Secure (and the __Host- prefix added to the name) on https. */
void http_cookie_set(const struct http_request *request, struct http_response *response, struct http_cookie cookie);
/* Reads a cookie under the name that http_cookie_set gave it. */
struct str http_cookie_get(const struct http_request *request, const char *name);

/* How much of a body the application will take; asked when the head is read. */
struct http_limits {
    size_t form_bytes;    /* all fields together (default 256 KiB) */
    size_t field_count;   /* default 2200 */
    int64_t upload_bytes; /* of one file; 0: no uploads, answered 415 */
    size_t upload_count;
};

/* The application behind the engine. Both are called from many threads at once. */
struct http_app {
    void *context;
    /* The head is there: set limits. False: answer `response` now and close, without reading the body. */
    bool (*begin)(void *context, struct http_request *request, struct http_limits *limits,
                  struct http_response *response);
    /* The request is whole: fill the response. `failure` is not NULL when the body was refused (400, 413, 415…). */
    void (*respond)(void *context, struct http_request *request, const struct err *failure,
                    struct http_response *response);
};

struct http_options {
    struct str listen; /* `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/kundportal.sock`; port 0 picks one */
    bool allow_public; /* plain TCP on other than loopback needs this */
    struct str
        trusted_proxy;      /* addresses, blank-separated, whose X-Forwarded-For/-Proto count; `unix` for the socket */
    bool https;             /* the base URL is https */
    const char *upload_dir; /* where temporary files are made */
    unsigned connection_limit; /* default 4,096 */
    unsigned idle_seconds;     /* default 30 */
};

struct http_server;
/* Starts answering in threads of its own. */
struct http_server *http_start(const struct http_options *options, const struct http_app *app, struct err *err);
/* The bound address, `127.0.0.1:PORT`. */
struct str http_address(const struct http_server *server, struct arena *arena);
/*
 * Stops taking connections, lets running requests be answered for up to `seconds`, then closes. A handler that runs
 * longer is still waited for, as its thread cannot be stopped. The server itself stays, for http_stats, until the
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

/* `a=1&b=%C3%A5`. ERR_INVALID on bad escapes, NUL, wrong encoding; ERR_TOO_LARGE over field_count. */
bool http_parse_urlencoded(struct arena *arena, struct str text, size_t field_limit, struct http_params *params,
                           struct err *err) __attribute__((warn_unused_result));
bool http_parse_cookies(struct arena *arena, struct str header, struct http_params *cookies);
/* Decodes and checks a request path as struct http_request says. */
bool http_parse_path(struct arena *arena, struct str raw, struct str *path);
/* The best of `offered` (language tags) for an Accept-Language header; 0 when nothing fits. */
size_t http_accept_language(struct str header, const char *const *offered, size_t count);

#endif
