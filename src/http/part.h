/* The head of one part of a multipart body (RFC 7578, section 4.2). */
#ifndef KP_HTTP_PART_H
#define KP_HTTP_PART_H

#include "base/arena.h"
#include "base/err.h"

struct part_head {
    struct str name;
    bool file;           /* a filename was given, maybe an empty one */
    struct str filename; /* last part of the path, UTF-8 without control characters, at most 255 bytes; may be empty */
};

/*
 * Reads the header lines in `block`, with CRLF between them. Fails with ERR_INVALID, and with ERR_UNSUPPORTED for
 * encodings and nested multipart.
 */
bool part_parse(struct arena *arena, struct str block, struct part_head *head, struct err *err)
    __attribute__((warn_unused_result));
/* Whether the charset of a media type, if given, is UTF-8 or ASCII (a part of UTF-8). */
bool charset_allowed(struct arena *arena, struct str content_type);

#endif
