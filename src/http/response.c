#include "base/log.h"
#include "http/escape.h"
#include "http/http.h"

#include <strings.h>

#define HEADER_LIMIT (sizeof((struct http_response *)NULL)->headers / sizeof(struct http_header_line))

static struct http_header_line *response_find_line(struct http_response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++) {
        if (strcasecmp(response->headers[i].name, name) == 0)
            return &response->headers[i];
    }
    return NULL;
}

void http_set(struct http_response *response, const char *name, struct str value)
{
    struct http_header_line *line = strcasecmp(name, "Set-Cookie") == 0 ? NULL : response_find_line(response, name);
    if (!line && response->header_count < HEADER_LIMIT)
        line = &response->headers[response->header_count++];
    if (!line || has_control(value, false) || !token_valid(str_of(name))) {
        log_event(LOG_ERROR, "response_header_refused", LOG_Z("name", name), LOG_I("headers", response->header_count));
        response->broken = true;
    }
    if (line)
        *line = (struct http_header_line){name, value};
}

void http_secure(struct http_response *response, const char *content_security, bool https)
{
    http_set(response, "Content-Security-Policy", str_of(content_security));
    http_set(response, "X-Content-Type-Options", STR("nosniff"));
    http_set(response, "X-Frame-Options", STR("DENY"));
    http_set(response, "Referrer-Policy", STR("same-origin"));
    http_set(response, "Cross-Origin-Opener-Policy", STR("same-origin"));
    http_set(response, "Cross-Origin-Resource-Policy", STR("same-origin"));
    http_set(response, "Permissions-Policy",
             STR("camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"));
    if (https)
        http_set(response, "Strict-Transport-Security", STR("max-age=31536000; includeSubDomains"));
    /*
     * Pages are not cached, so that after logging out neither the back button nor the disk shows them (domain 9).
     * Assets set their own header.
     */
    http_set(response, "Cache-Control", STR("no-store"));
}

void http_redirect(struct http_response *response, struct str location)
{
    /* `//host` and an absolute address would lead away from this site. */
    bool ours =
        location.n && location.p[0] == '/' && !str_starts(location, STR("//")) && !str_starts(location, STR("/\\"));
    response->status = 303;
    response->content_type = NULL;
    http_set(response, "Location", ours ? location : STR("/"));
}
