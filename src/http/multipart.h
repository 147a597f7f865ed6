/* multipart/form-data (RFC 7578), fed in pieces of any size. */
#ifndef KP_HTTP_MULTIPART_H
#define KP_HTTP_MULTIPART_H

#include "http/http.h"

struct multipart;

/* Begins a body. content_type is the whole header. ERR_INVALID without a usable boundary. */
struct multipart *multipart_begin(struct arena *arena, struct str content_type, const struct http_limits *limits,
                                  const char *upload_dir, struct err *err) __attribute__((warn_unused_result));
bool multipart_feed(struct multipart *multipart, const char *bytes, size_t n, struct err *err)
    __attribute__((warn_unused_result));
/* Ends the body after its last piece; ERR_INVALID when it ended early. Fills form and uploads of the request. */
bool multipart_end(struct multipart *multipart, struct http_request *request, struct err *err)
    __attribute__((warn_unused_result));

#endif
