#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *err, enum err_kind kind, const struct msgid *message, const char *detail_format, ...)
{
    if (!err)
        return false;
    *err = (struct err){.kind = kind, .message = message};
    va_list args;
    va_start(args, detail_format);
    (void)vsnprintf(err->detail, sizeof err->detail, detail_format, args);
    va_end(args);
    return false;
}

bool err_errno(struct err *err, const char *what)
{
    int code = errno;
    char text[128];
    const char *reason = strerror_r(code, text, sizeof text);
    bool full = code == ENOSPC || code == EDQUOT;
    return err_set(err, full ? ERR_FULL : ERR_INTERNAL, NULL, "%s: %s", what, reason);
}
