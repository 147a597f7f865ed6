/* The head of one part of a multipart body (RFC 7578, section 4.2). */
#ifndef KP_HTTP_PART_H
#define KP_HTTP_PART_H

#include "base/arena.h"
#include "base/err.h"

struct part_head {
    struct str name;
    bool file;           /* a filename was given, even an empty one */
    struct str filename; /* last path part, valid UTF-8 without control characters, at most 255 bytes; may be empty */
};

/*
 * `block` is the header lines with CRLF between them. ERR_INVALID, ERR_UNSUPPORTED for encodings and nested multipart.
 */
bool part_parse(struct arena *arena, struct str block, struct part_head *head, struct err *err)
    __attribute__((warn_unused_result));
/* Whether a media type's charset, if it names one, is UTF-8 (or ASCII, which is a part of it). */
bool charset_allowed(struct arena *arena, struct str content_type);

#endif
