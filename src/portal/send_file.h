/*
 * Sends contents of the store; nothing else does. It sends a file as a whole, or the parts that a resumed download asks
 * for, and makes sure that no uploaded file can run in the portal's origin.
 *
 * The media type is the one found from the content; a type that is not known here is sent as plain bytes. By default
 * the browser saves the file. Only pictures (in a sandbox) and PDF (without anything it could load) may be shown, and
 * never in a frame.
 */
#pragma once

#include "portal/visit.h"

struct sent_file {
    struct str name, digest, media_type;
};

/* Returns whether browsers may show content of this type: pictures and PDF. */
bool send_file_shows(struct str media_type);
/*
 * Answers with the content. show: in the browser if its type allows that. The caller must have checked that the actor
 * may see the file.
 */
MUST_CHECK bool send_file(struct visit *visit, const struct sent_file *file, bool show, struct err *err);

/* --- public for tests --------------------------------------------------------------------------------------------- */

enum range_kind {
    RANGE_WHOLE, /* no range, several, or not understood: send the whole file (RFC 9110, 14.2) */
    RANGE_PART,
    RANGE_OUTSIDE, /* 416 */
};

/* Reads which bytes a Range header asks for in a content of `size` bytes. */
enum range_kind range_read(struct str header, int64_t size, int64_t *from, int64_t *length);
/*
 * Returns whether a list of entity tags (If-None-Match) contains this one. Weak tags count as strong ones, and `*`
 * matches all.
 */
bool etag_listed(struct str header, struct str etag);
