/* The socket that the engine listens at. */
#ifndef KP_HTTP_LISTEN_H
#define KP_HTTP_LISTEN_H

#include "http/http.h"

struct listener {
    int fd;
    struct str address; /* what it is bound to, as it is written in http_options.listen */
    const char *path;   /* of a Unix socket, else NULL */
};

/* A Unix socket gets mode 0660; one that a killed server left behind is replaced. */
bool listener_open(struct arena *arena, const struct http_options *options, struct listener *listener, struct err *err)
    __attribute__((warn_unused_result));
/* No more clients: they are refused from here on. The descriptor stays until listener_close. */
void listener_refuse(const struct listener *listener);
void listener_close(struct listener *listener);

#endif
