/* The body of one request. It is read piece by piece into the fields of the request, within limits. */
#pragma once

#include "http/http.h"

/*
 * How many bytes beyond the limits are still read and discarded. A browser reads no answer before it has sent
 * everything, so only then does it show why the body was refused.
 */
#define BODY_DISCARD_BYTES (INT64_C(32) * 1024 * 1024)

struct body;

/* Chooses how to read the body by the method and the Content-Type. Copies the limits. */
struct body *body_begin(struct http_request *request, const struct http_limits *limits, const char *upload_dir);
/* Whether a body of that length is worth reading at all. */
bool body_fits(const struct body *body, int64_t length);
/* Reads one more piece. Failures are kept for body_end. */
void body_feed(struct body *body, const char *bytes, size_t n);
int64_t body_received(const struct body *body);
/* Fills form and uploads of the request. Returns the reason when the body was refused, else NULL. */
const struct err *body_end(struct body *body);
