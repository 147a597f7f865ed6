#include "http/upload.h"
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void close_upload(void *what)
{
    upload_drop(what);
}

static int open_unlinked(const char *dir)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/upload-XXXXXX", dir);
    if (n < 0 || (size_t)n >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0 && unlink(path) != 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

bool upload_open(struct arena *arena, const char *dir, struct http_upload *upload, struct err *err)
{
    upload->fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (upload->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR))
        upload->fd = open_unlinked(dir);
    if (upload->fd < 0)
        return err_errno(err, "temporary file of an upload");
    arena_on_release(arena, close_upload, upload);
    return true;
}

bool upload_write(struct http_upload *upload, const char *bytes, size_t n, struct err *err)
{
    if (!io_write(upload->fd, bytes, n))
        return err_errno(err, "write of an upload");
    upload->size += (int64_t)n;
    return true;
}

bool upload_finish(struct http_upload *upload, struct err *err)
{
    return lseek(upload->fd, 0, SEEK_SET) == 0 || err_errno(err, "seek in an upload");
}

void upload_drop(struct http_upload *upload)
{
    if (upload->fd >= 0)
        (void)close(upload->fd);
    upload->fd = -1;
}
