/* Files: whole pieces read and written, whatever interrupts it; new files; flushing. */
#pragma once

#include "base/arena.h"

#include <sys/types.h>

/* Writes all bytes. Returns false with errno otherwise. */
bool io_write(int fd, const void *bytes, size_t n);
/* Reads up to n bytes at `offset`, fewer only at the end of the file. Returns how many, or -1 with errno. */
ssize_t io_read(int fd, void *bytes, size_t n, int64_t offset);
/* Creates an empty file that only its owner may read. Returns false with errno, EEXIST when there is a file already. */
bool io_create(const char *path);
/* Opens a file or folder for fsync (of itself) or syncfs (of its whole file system). Returns false with errno. */
bool io_flush(const char *path, int (*flush)(int fd));
