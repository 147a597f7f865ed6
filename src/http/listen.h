/* The socket on which the engine listens. */
#pragma once

#include "http/http.h"

struct listener {
    int fd;
    struct str address; /* the bound address, written as in http_options.listen */
    const char *path;   /* of a Unix socket, else NULL */
};

/* Opens the socket. A Unix socket gets mode 0660 and replaces one that a killed server left. */
MUST_CHECK bool listener_open(struct arena *arena, const struct http_options *options, struct listener *listener,
                              struct err *err);
/* Refuses new clients from now on. The descriptor stays open until listener_close. */
void listener_refuse(const struct listener *listener);
void listener_close(struct listener *listener);
