/* Temporary files of uploads. */
#pragma once

#include "base/err.h"
#include "http/http.h"

/*
 * Opens an unnamed file for upload->fd; it is closed with the arena. linkat(2) through /proc/self/fd can give it a
 * name, except on file systems without O_TMPFILE: there linkat fails with ENOENT and the content must be copied.
 */
MUST_CHECK bool upload_open(struct arena *arena, const char *dir, struct http_upload *upload, struct err *err);
/* Appends to the file. ERR_FULL when the disk is full. */
MUST_CHECK bool upload_write(struct http_upload *upload, const char *bytes, size_t n, struct err *err);
/* Goes back to position 0. */
MUST_CHECK bool upload_finish(struct http_upload *upload, struct err *err);
/* Frees the space at once: fd becomes -1. */
void upload_drop(struct http_upload *upload);
