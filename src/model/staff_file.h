/*
 * Changes of files by people, mostly staff. Each change runs in its own transaction, with its audit and, for a case, a
 * line in its history.
 */
#pragma once

#include "model/file.h"

struct added_file {
    struct str name, digest;
    const char *media_type;
    int64_t size;
    bool twice; /* the owner already has this content under this name: nothing was added */
};

MUST_CHECK bool files_add(struct visit *visit, const struct file_owner *owner, struct added_file *files, size_t count,
                          int64_t category_id, bool visible, struct err *err);
/* Adds files that the portal shows, without a category, in the transaction of the caller. */
MUST_CHECK bool files_add_within(struct visit *visit, const struct file_owner *owner, struct added_file *files,
                                 size_t count, struct err *err);
/*
 * Change or remove a file. *older: the file is no longer as in `before` (or `file`), or is gone, and nothing was done.
 */
MUST_CHECK bool file_change(struct visit *visit, const struct file *before, const struct file *after, bool *older,
                            struct err *err);
MUST_CHECK bool file_remove(struct visit *visit, const struct file *file, bool *older, struct err *err);
