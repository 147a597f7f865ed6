/* The body of one request, read piece by piece into the fields of the request under its limits. */
#ifndef KP_HTTP_BODY_H
#define KP_HTTP_BODY_H

#include "http/http.h"

/* How much beyond the limits is still read and thrown away, so that a browser, which reads no answer before it has sent
 * all, sees why it was refused. */
#define BODY_DISCARD_BYTES (INT64_C(32) * 1024 * 1024)

struct body;

/* Decides by method and Content-Type what the body is. Limits are copied. */
struct body *body_begin(struct http_request *request, const struct http_limits *limits, const char *upload_dir);
/* Whether a body of that length is worth reading at all; -1: unknown, it is. */
bool body_fits(const struct body *body, int64_t length);
/* False when it has grown over all bounds: the connection is cut. Other failures are kept for body_end. */
bool body_feed(struct body *body, const char *bytes, size_t n) __attribute__((warn_unused_result));
int64_t body_received(const struct body *body);
/* Fills form and uploads of the request. The reason when it was refused, else NULL. */
const struct err *body_end(struct body *body);

#endif
