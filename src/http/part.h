/* The head of one part of a multipart body (RFC 7578, section 4.2). */
#pragma once

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
MUST_CHECK bool part_parse(struct arena *arena, struct str block, struct part_head *head, struct err *err);
/* Whether the charset of a media type, if given, is UTF-8 or ASCII (a part of UTF-8). */
bool charset_allowed(struct arena *arena, struct str content_type);
