/* multipart/form-data (RFC 7578), fed in pieces of any size. */
#pragma once

#include "http/http.h"

struct multipart;

/* Begins a body. content_type is the whole header. ERR_INVALID without a usable boundary. */
MUST_CHECK struct multipart *multipart_begin(struct arena *arena, struct str content_type,
                                             const struct http_limits *limits, const char *upload_dir, struct err *err);
MUST_CHECK bool multipart_feed(struct multipart *multipart, const char *bytes, size_t n, struct err *err);
/* Ends the body after its last piece; ERR_INVALID when it ended early. Fills form and uploads of the request. */
MUST_CHECK bool multipart_end(struct multipart *multipart, struct http_request *request, struct err *err);
