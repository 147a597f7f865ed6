/*
 * File contents under DATA/files, by digest: written whole to an unnamed file, flushed, then linked into place, so that no half
 * file is ever seen. The same content is stored once. Types are found by content, never by name.
 */
#ifndef KP_SERVICE_STORE_H
#define KP_SERVICE_STORE_H

#include "base/err.h"
#include "base/arena.h"

struct stored {
    struct str digest; /* hex */
    const char *media_type;
    int64_t size;
};

/* Makes DATA, DATA/files, DATA/tmp, DATA/mail with mode 0700. */
bool store_prepare(struct str data, struct err *err) __attribute__((warn_unused_result));
/*
 * Takes the content of an open file. ERR_UNSUPPORTED when the content is none of the accepted kinds (JPEG, PNG, GIF, WebP,
 * HEIC, PDF, plain text, OOXML, ODF…) or disagrees with the extension of `name`.
 */
bool store_put(struct arena *arena, struct str data, int fd, struct str name, struct stored *stored, struct err *err)
    __attribute__((warn_unused_result));
/* Opens for reading; ERR_NOT_FOUND. */
bool store_open(struct str data, struct str digest, int *fd, int64_t *size, struct err *err)
    __attribute__((warn_unused_result));
/* The media type of content by its first bytes; NULL when it is none of the accepted kinds. */
const char *store_sniff(const unsigned char *head, size_t n);
/* Whether a browser may show it in the portal's origin (pictures); all else is sent as a download. */
bool store_inline(const char *media_type);
/* Removes a content. The caller knows that nothing refers to it. */
bool store_remove(struct str data, struct str digest, struct err *err) __attribute__((warn_unused_result));

#endif
