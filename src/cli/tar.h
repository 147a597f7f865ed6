/* Just enough of the tar format (ustar, large sizes in base 256) for a backup that any tar can list and unpack. */
#ifndef KP_CLI_TAR_H
#define KP_CLI_TAR_H

#include "base/err.h"

#define TAR_NAME_MAX 99

/* Appends one regular file, read from `from` to its end. */
bool tar_add(int tar, const char *name, int from, struct err *err) __attribute__((warn_unused_result));
/* What stands before `size` in the archive, as hexadecimal digits: the same after reading as after writing when no byte changed. */
#define TAR_DIGEST_SIZE 64
bool tar_digest(int tar, int64_t size, char digits[TAR_DIGEST_SIZE + 1], struct err *err)
    __attribute__((warn_unused_result));
/* Ends the archive and flushes it to the disk. */
bool tar_end(int tar, struct err *err) __attribute__((warn_unused_result));

struct tar_entry {
    char name[TAR_NAME_MAX + 1];
    int64_t size;
};
/* The next entry; *more is false at the end. ERR_INVALID for anything but regular files and for damaged heads. */
bool tar_next(int tar, struct tar_entry *entry, bool *more, struct err *err) __attribute__((warn_unused_result));
/* Copies the content of the entry just read and steps over its padding. */
bool tar_copy(int tar, const struct tar_entry *entry, int to, struct err *err) __attribute__((warn_unused_result));

#endif
