/*
 * Stores the contents of files under DATA/files, named by digest. A content is written whole to an unnamed file,
 * flushed, then linked into place, so that nobody ever sees half a file. The same content is stored once. Types are
 * found by content, never by name.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

/* Why a content is refused. */
enum store_refusal {
    STORE_TAKEN,
    STORE_EMPTY,
    STORE_TOO_LARGE,
    STORE_LOCKED,     /* an office file that a password keeps shut */
    STORE_NOT_TEXT,   /* the name promises text; the content is not text in any encoding that is read */
    STORE_OTHER_KIND, /* the content is plain text, the name promises a picture or the like: most often it is broken */
    STORE_UNKNOWN
};

struct stored {
    struct str digest; /* hex */
    struct str name;   /* cleaned, with an extension that fits the content */
    const char *media_type;
    int64_t size;
    enum store_refusal refusal; /* STORE_TAKEN, or why nothing is stored */
};

/* The settings of [attachments] that a content is judged by. */
struct store_rules {
    int64_t max_bytes, film_bytes; /* of one file, and of one film */
    struct str downloads;          /* extensions of kinds that are stored to be downloaded only: `dwg, dxf` */
};

/* No limits, and nothing that must be listed: for files that the program makes itself. */
extern const struct store_rules store_unlimited;

/* Creates DATA, DATA/files, DATA/tmp and DATA/mail with mode 0700. */
MUST_CHECK bool store_prepare(struct str data, struct err *err);
/*
 * Stores the content of an open file. stored->refusal says why not, and then nothing is stored: the kind, found from
 * the content, must be one that phones, scanners and office programs make, or have an extension that the rules list.
 * A name without an extension of its kind gets it: phones call any picture .jpg, and `Protokoll 2026.11.30` has none.
 * Only text under the name of another kind is refused: most often it is what is left of a broken file. After store_put
 * returns, the content survives a loss of power, and store_sweep does not remove it unless it was put before the
 * `before_us` of the sweep.
 */
MUST_CHECK bool store_put(struct arena *arena, struct str data, const struct store_rules *rules, int fd,
                          struct str name, struct stored *stored, struct err *err);
/* Fills *stored in the same way as store_put, but stores nothing. */
MUST_CHECK bool store_probe(struct arena *arena, const struct store_rules *rules, int fd, struct str name,
                            struct stored *stored, struct err *err);
/* Opens a content for reading. ERR_NOT_FOUND if there is no such content. */
MUST_CHECK bool store_open(struct str data, struct str digest, int *fd, int64_t *size, struct err *err);
/* How much of a content is read at once; more is read where a kind is found at another place. */
#define STORE_HEAD 65536
/* Returns the media type of a content that is in memory as a whole; NULL if it is nothing that is known. */
const char *store_sniff(const unsigned char *bytes, size_t n);
/*
 * Returns a name that is safe to show, and to save under on Windows, macOS and phones: no path, no reserved names or
 * signs, no points and blanks at its ends, no control or direction characters, letters composed, at most 120
 * characters and 240 bytes.
 */
struct str store_clean_name(struct arena *arena, struct str raw);
/*
 * Finds the name and the media type under which to store content that was seen to be of a type (NULL: of none that is
 * known).
 */
enum store_refusal store_fit(struct arena *arena, const struct store_rules *rules, const char *seen, struct str name,
                             struct stored *stored);
/* Returns the name that a stored file gets when somebody calls it `name`: it keeps an extension of its kind. */
struct str store_rename(struct arena *arena, struct str media_type, struct str name, struct str before);
/* Returns the largest size of a content of the type; of a file with the name, before its content is known. */
int64_t store_limit(const struct store_rules *rules, const char *media_type);
int64_t store_limit_of_name(const struct store_rules *rules, struct str name);
/*
 * Says whether a browser may show the content in the portal's origin (pictures); all other contents are sent as a
 * download.
 */
bool store_inline(struct str media_type);
/* Returns the type when it is one of those above, so that it is safe to send to a browser, else that of plain bytes. */
const char *store_safe_type(struct str media_type);
/* Returns the `accept` attribute of file inputs: which files a browser offers to choose. */
struct str store_accept(struct arena *arena, const struct store_rules *rules);

/*
 * Removes the contents of one of the STORE_PARTS parts of the store that were put before `before_us` and to which
 * `used` knows no reference. It asks for the references first and then checks the age again under a lock, so a content
 * that is put meanwhile stays.
 */
#define STORE_PARTS 256
MUST_CHECK bool store_sweep(struct str data, unsigned part, int64_t before_us,
                            bool (*used)(void *context, struct str digest, bool *is_used, struct err *err),
                            void *context, struct err *err);
