/*
 * File contents under DATA/files, by digest: written whole to an unnamed file, flushed, then linked into place, so that
 * no half file is ever seen. The same content is stored once. Types are found by content, never by name.
 */
#ifndef KP_SERVICE_STORE_H
#define KP_SERVICE_STORE_H

#include "base/arena.h"
#include "base/err.h"

struct stored {
    struct str digest; /* hex */
    struct str name;   /* clean, and with an extension that fits the content */
    const char *media_type;
    int64_t size;
};

/* Makes DATA, DATA/files, DATA/tmp, DATA/mail with mode 0700. */
bool store_prepare(struct str data, struct err *err) __attribute__((warn_unused_result));
/*
 * Takes the content of an open file. ERR_UNSUPPORTED when the content is none of the accepted kinds (JPEG, PNG, GIF,
 * WebP, HEIC, AVIF, PDF, MP4, QuickTime, DOCX, XLSX, ODT, ODS, plain text) or disagrees with the extension of `name`.
 * Only pictures may carry the extension of another kind of picture: phones do so, and it is put right. When it returns,
 * the content survives a loss of power, and store_sweep leaves it alone for as long as `before_us` lies behind now.
 */
bool store_put(struct arena *arena, struct str data, int fd, struct str name, struct stored *stored, struct err *err)
    __attribute__((warn_unused_result));
/* Says the same of it as store_put, but keeps nothing. */
bool store_probe(struct arena *arena, int fd, struct str name, struct stored *stored, struct err *err)
    __attribute__((warn_unused_result));
/* Opens for reading; ERR_NOT_FOUND. */
bool store_open(struct str data, struct str digest, int *fd, int64_t *size, struct err *err)
    __attribute__((warn_unused_result));
/*
 * The media type of content by its first bytes (STORE_HEAD of them, or all); NULL when it is none of the accepted
 * kinds.
 */
#define STORE_HEAD 65536
const char *store_sniff(const unsigned char *head, size_t n);
/*
 * A name that is safe to show and to save under: no path, no control or direction characters, letters composed, at most
 * 120 characters.
 */
struct str store_clean_name(struct arena *arena, struct str raw);
/*
 * The name to store content of a known type under: cleaned, its extension made to fit. False when the extension speaks
 * of another kind.
 */
bool store_fit_name(struct arena *arena, const char *media_type, struct str name, struct str *fitted)
    __attribute__((warn_unused_result));
/* Whether a browser may show it in the portal's origin (pictures); all else is sent as a download. */
bool store_inline(const char *media_type);
/* Whether it is one of the types above, so that it can be named to a browser. */
bool store_knows(const char *media_type);
/* For the input of files: what a browser offers to choose. */
extern const char store_accept[];

/*
 * Removes the contents that were put before `before_us` and that `used` knows no reference to, in one of the
 * STORE_PARTS parts of the store. The references are asked for first, then the age again under a lock, so a content
 * that is put meanwhile stays.
 */
#define STORE_PARTS 256
bool store_sweep(struct str data, unsigned part, int64_t before_us,
                 bool (*used)(void *context, struct str digest, bool *is_used, struct err *err), void *context,
                 struct err *err) __attribute__((warn_unused_result));

#endif
