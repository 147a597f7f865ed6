/*
 * Reads and writes the tar file of a backup. Its entries are: the format, the database under the name of its engine,
 * the `files/` of the data folder, and last a digest of everything before it, so that a damaged or cut backup is always
 * refused. Any tar program lists and unpacks the file.
 */
#pragma once

#include "base/err.h"

#include <sodium.h>

#define BUNDLE_SQLITE "kundportal.db"
#define BUNDLE_POSTGRES "kundportal.pgdump"

struct archive;

/* Lives on the caller's stack. The descriptor of the file stays the caller's. */
struct bundle {
    struct archive *archive;
    crypto_generichash_state *digest; /* in digest_space, aligned to 64 bytes as it must be */
    char digest_space[sizeof(crypto_generichash_state) + 64];
    char name[128]; /* of the current entry */
    int64_t left;   /* bytes of the current entry that are not read yet */
};

MUST_CHECK bool bundle_write_begin(struct bundle *bundle, int to, struct err *err);
/* Adds one regular file, read from the descriptor `from` to its end. */
MUST_CHECK bool bundle_add(struct bundle *bundle, const char *name, int from, struct err *err);
/* Adds the digest and ends the archive. */
MUST_CHECK bool bundle_write_end(struct bundle *bundle, struct err *err);

/* Begins to read. ERR_INVALID, with the name of the format, when this program does not read that format. */
MUST_CHECK bool bundle_read_begin(struct bundle *bundle, int from, struct err *err);
/*
 * Reads the name of the next entry into bundle->name; read the entry with bundle_copy before you ask for the next one.
 * After the last entry *more is false, if the digest matches. ERR_INVALID for anything but regular files, for damage,
 * and for a file that ends too early.
 */
MUST_CHECK bool bundle_next(struct bundle *bundle, bool *more, struct err *err);
MUST_CHECK bool bundle_copy(struct bundle *bundle, int to, struct err *err);

/* Frees what the bundle holds. Call it even if begin failed. */
void bundle_free(struct bundle *bundle);
