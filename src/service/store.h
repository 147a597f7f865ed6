/*
 * Stores the contents of files under DATA/files, named by digest. A content is written whole to an unnamed file,
 * flushed, then linked into place, so that nobody ever sees half a file. The same content is stored once. Types are
 * found by content, never by name.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct stored {
    struct str digest; /* hex */
    struct str name;   /* cleaned, with an extension that fits the content */
    const char *media_type;
    int64_t size;
};

/* Creates DATA, DATA/files, DATA/tmp and DATA/mail with mode 0700. */
MUST_CHECK bool store_prepare(struct str data, struct err *err);
/*
 * Stores the content of an open file. ERR_UNSUPPORTED if the content is not of an accepted kind (JPEG, PNG, GIF, WebP,
 * HEIC, AVIF, PDF, MP4, QuickTime, DOCX, XLSX, ODT, ODS, plain text), or if its kind disagrees with the extension of
 * `name`. Only a picture may have the extension of another kind of picture, because phones produce such names; the
 * extension is corrected. After store_put returns, the content survives a loss of power, and store_sweep does not
 * remove it unless it was put before the `before_us` of the sweep.
 */
MUST_CHECK bool store_put(struct arena *arena, struct str data, int fd, struct str name, struct stored *stored,
                          struct err *err);
/* Fills *stored in the same way as store_put, but stores nothing. */
MUST_CHECK bool store_probe(struct arena *arena, int fd, struct str name, struct stored *stored, struct err *err);
/* Opens a content for reading. ERR_NOT_FOUND if there is no such content. */
MUST_CHECK bool store_open(struct str data, struct str digest, int *fd, int64_t *size, struct err *err);
/*
 * Returns the media type of a content by its first bytes (STORE_HEAD of them, or all); NULL if it is not of an accepted
 * kind.
 */
#define STORE_HEAD 65536
const char *store_sniff(const unsigned char *head, size_t n);
/*
 * Returns a name that is safe to show and to save under: no path, no control or direction characters, letters composed,
 * at most 120 characters.
 */
struct str store_clean_name(struct arena *arena, struct str raw);
/*
 * Makes the name under which to store content of a known type: cleaned, with an extension that fits. Returns false if
 * the extension belongs to another kind.
 */
MUST_CHECK bool store_fit_name(struct arena *arena, const char *media_type, struct str name, struct str *fitted);
/*
 * Says whether a browser may show the content in the portal's origin (pictures); all other contents are sent as a
 * download.
 */
bool store_inline(const char *media_type);
/* Says whether it is one of the types above, so that it is safe to send to a browser. */
bool store_knows(const char *media_type);
/* The `accept` attribute of file inputs: which files a browser offers to choose. */
extern const char store_accept[];

/*
 * Removes the contents of one of the STORE_PARTS parts of the store that were put before `before_us` and to which
 * `used` knows no reference. It asks for the references first and then checks the age again under a lock, so a content
 * that is put meanwhile stays.
 */
#define STORE_PARTS 256
MUST_CHECK bool store_sweep(struct str data, unsigned part, int64_t before_us,
                            bool (*used)(void *context, struct str digest, bool *is_used, struct err *err),
                            void *context, struct err *err);
