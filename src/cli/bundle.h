/*
 * The tar file of a backup: its format, the database under the name of its engine, the data folder's `files/`, and last
 * a digest of all that stands before it, so that a damaged or cut backup is refused and never half believed. Any tar
 * lists and unpacks it.
 */
#ifndef KP_CLI_BUNDLE_H
#define KP_CLI_BUNDLE_H

#include "base/err.h"

#include <sodium.h>

#define BUNDLE_SQLITE "kundportal.db"
#define BUNDLE_POSTGRES "kundportal.pgdump"

struct archive;

/* On the stack of whoever writes or reads one; the file stays theirs. */
struct bundle {
    struct archive *archive;
    crypto_generichash_state digest;
    char name[128]; /* of the entry that is being read */
    int64_t left;   /* what is not read of it yet */
};

bool bundle_write_begin(struct bundle *bundle, int to, struct err *err) __attribute__((warn_unused_result));
/* Adds one regular file, read from `from` to the end. */
bool bundle_add(struct bundle *bundle, const char *name, int from, struct err *err) __attribute__((warn_unused_result));
/* Adds the digest and ends the archive. */
bool bundle_write_end(struct bundle *bundle, struct err *err) __attribute__((warn_unused_result));

/* ERR_INVALID, with its name, for a format that this program does not read. */
bool bundle_read_begin(struct bundle *bundle, int from, struct err *err) __attribute__((warn_unused_result));
/*
 * The next entry, into bundle->name; read it by bundle_copy before the one after it. *more is false after the last,
 * when the digest fits. ERR_INVALID for anything but regular files, for damage, and for an end that comes too early.
 */
bool bundle_next(struct bundle *bundle, bool *more, struct err *err) __attribute__((warn_unused_result));
bool bundle_copy(struct bundle *bundle, int to, struct err *err) __attribute__((warn_unused_result));

/* Gives back what it holds, also when begin failed. */
void bundle_free(struct bundle *bundle);

#endif
