/* The head of a request as the library passes it on, and the checks that refuse a head (RFC 9112, read strictly). */
#pragma once

#include "http/http.h"

struct head_line {
    struct str name, value; /* value trimmed */
};

struct head {
    struct str method, target, version;
    struct head_line *lines;
    size_t count;
};

/* An answer that the engine gives by itself. status 0: no reason to refuse. */
struct refusal {
    int status;
    const char *reason;  /* for the client and the log */
    struct str location; /* the address to ask instead, or empty */
};
struct refusal head_refuse(int status, const char *reason);

/* Returns the first value of a header, whatever the case of its name; the empty str when absent. */
struct str head_value(const struct head *head, struct str name);
/* Returns all values of a header as one list, as if they had come in one line. */
struct str head_list(struct arena *arena, const struct head *head, struct str name);
/* Returns the Content-Length of a head that was not refused; 0 without one. */
int64_t head_length(const struct head *head);

struct refusal head_check(const struct head *head);
/*
 * Fills method, path, query and cookies of the request from a checked head. *broken is set when the query cannot be
 * read; the application may then still answer in its own way.
 */
struct refusal head_read(const struct head *head, struct http_request *request, struct err *broken);

struct sockaddr;
/* Returns the text of an IP address; empty for a Unix socket. */
struct str client_address(struct arena *arena, const struct sockaddr *address);
/* Returns whether an address is that of a trusted proxy (http_options.trusted_proxy); empty: a Unix socket. */
bool client_is_proxy(struct arena *arena, struct str address, const struct http_options *options);
/* Fills client, loopback and secure. `peer` is an IP address, or empty for a Unix socket. */
void client_find(const struct head *head, struct str peer, const struct http_options *options,
                 struct http_request *request);
