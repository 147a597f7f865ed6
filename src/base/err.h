/*
 * Why an operation failed. Functions that can fail return bool (or a pointer) and fill a `struct err`. The message
 * is shown to users in their own language; the detail goes only to the log.
 */
#pragma once

#include "base/str.h"

enum err_kind {
    ERR_NONE,
    ERR_INVALID,         /* 400: the input is wrong */
    ERR_UNAUTHENTICATED, /* 401 or 303 to the login page */
    ERR_FORBIDDEN,       /* 403 */
    ERR_NOT_FOUND,       /* 404: not there, or not visible to this user */
    ERR_METHOD,          /* 405 */
    ERR_TIMEOUT,         /* 408 */
    ERR_CONFLICT,        /* 409 */
    ERR_TOO_LARGE,       /* 413 */
    ERR_UNSUPPORTED,     /* 415 */
    ERR_UNPROCESSABLE,   /* 422 */
    ERR_THROTTLED,       /* 429, retry_after set */
    ERR_INTERNAL,        /* 500, logged with the request id */
    ERR_BUSY,            /* 503, retry_after set */
    ERR_FULL,            /* 507: the disk is full */
};

struct err {
    enum err_kind kind;
    const struct msgid *message; /* NULL: the standard text of the kind */
    int retry_after;             /* seconds, for THROTTLED and BUSY */
    char detail[240];            /* for the log: no personal data, no secrets */
};

/*
 * Fills *err and returns false, so that a function can fail with `return err_set(err, ERR_INTERNAL, NULL, "…")`. err
 * may be NULL.
 */
bool err_set(struct err *err, enum err_kind kind, const struct msgid *message, const char *detail_format, ...)
    __attribute__((format(printf, 4, 5)));
/* Does the same for a failed system call: appends strerror(errno); ENOSPC and EDQUOT become ERR_FULL. */
bool err_errno(struct err *err, const char *what);
