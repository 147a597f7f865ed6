/* Temporary files of uploads. */
#ifndef KP_HTTP_UPLOAD_H
#define KP_HTTP_UPLOAD_H

#include "base/err.h"
#include "http/http.h"

/*
 * Opens an unnamed file for upload->fd; it is closed with the arena. linkat(2) through /proc/self/fd can give it a
 * name, except on file systems without O_TMPFILE: there linkat fails with ENOENT and the content must be copied.
 */
bool upload_open(struct arena *arena, const char *dir, struct http_upload *upload, struct err *err)
    __attribute__((warn_unused_result));
/* Appends to the file. ERR_FULL when the disk is full. */
bool upload_write(struct http_upload *upload, const char *bytes, size_t n, struct err *err)
    __attribute__((warn_unused_result));
/* Goes back to position 0. */
bool upload_finish(struct http_upload *upload, struct err *err) __attribute__((warn_unused_result));
/* Frees the space at once: fd becomes -1. */
void upload_drop(struct http_upload *upload);

#endif
