/* Reading and writing whole pieces of files, whatever interrupts it. */
#pragma once

#include "base/arena.h"

#include <sys/types.h>

/* Writes all bytes. Returns false with errno otherwise. */
bool io_write(int fd, const void *bytes, size_t n);
/* Reads up to n bytes at `offset`, fewer only at the end of the file. Returns how many, or -1 with errno. */
ssize_t io_read(int fd, void *bytes, size_t n, int64_t offset);
