/* The head of a request as the library hands it over, and what is refused of it (RFC 9112, read strictly). */
#ifndef KP_HTTP_HEAD_H
#define KP_HTTP_HEAD_H

#include "http/http.h"

struct head_line {
    struct str name, value; /* value trimmed */
};

struct head {
    struct str method, target, version;
    struct head_line *lines;
    size_t count;
};

/* What the engine answers by itself. status 0: nothing to refuse. */
struct refusal {
    int status;
    const char *reason;  /* for the client and the log */
    struct str location; /* where to ask instead, or empty */
};

/* First value by name in any case; the empty str when absent. */
struct str head_value(const struct head *head, struct str name);
/* All values of a name in one list, as if they had come in one line. */
struct str head_list(struct arena *arena, const struct head *head, struct str name);
/* Content-Length of a head that was not refused; 0 without, -1 for a chunked body. */
int64_t head_length(const struct head *head);

struct refusal head_check(const struct head *head);
/* Fills method, path, query, cookies of the request from a checked head. *broken is set when the query cannot be read:
 * then the application may still answer in its own way. */
struct refusal head_read(const struct head *head, struct http_request *request, struct err *broken);

/* Fills client, loopback, secure. `peer` is an IP address, or empty for a Unix socket. */
void client_find(const struct head *head, struct str peer, const struct http_options *options,
                 struct http_request *request);

#endif
