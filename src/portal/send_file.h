/*
 * The one place that sends contents of the store: as a whole or in the parts that a download asks for when it goes on,
 * and so that nothing of what somebody once uploaded can run in the portal's origin.
 *
 * The type is the one found by content; one that is not known here is sent as bytes. By default everything is saved by
 * the browser. What is shown: pictures in a sandbox, PDF without anything it could load; neither in a frame.
 */
#ifndef KP_PORTAL_SEND_FILE_H
#define KP_PORTAL_SEND_FILE_H

#include "portal/visit.h"

struct sent_file {
    struct str name, digest;
    const char *media_type;
};

/* Whether browsers show content of this type by themselves: pictures and PDF. */
bool send_file_shows(const char *media_type);
/* Answers with the content, show: in the browser if that can be. The caller has decided that the actor may see it. */
bool send_file(struct visit *visit, const struct sent_file *file, bool show, struct err *err)
    __attribute__((warn_unused_result));

/* --- public for tests --------------------------------------------------------------------------------------------- */

enum range_kind {
    RANGE_WHOLE, /* none, several, or not understood: the whole file (RFC 9110, 14.2) */
    RANGE_PART,
    RANGE_OUTSIDE, /* 416 */
};

/* What a Range header asks for of a content of `size` bytes. */
enum range_kind range_read(struct str header, int64_t size, int64_t *from, int64_t *length);
/*
 * Whether a list of entity tags (If-None-Match) has this one; weak tags count as the strong ones they name, `*` is all.
 */
bool etag_listed(struct str header, struct str etag);

#endif
