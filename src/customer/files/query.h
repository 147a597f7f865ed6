/*
 * The SQL of the files that the actor may see (access/visibility.h decides): a page, their number, all of them, the
 * first ones, or some by key.
 */
#pragma once

#include "customer/files/criteria.h"

struct file_row {
    int64_t id, size, created, object_id;
    struct str key, name, media_type, digest;
    struct str category, category_label; /* the key of the category, and its label */
    enum file_owner_kind owner;
    struct str owner_number, owner_name; /* the name of the file owner; of a case the title */
    struct str place; /* of an object's file: the visible objects above it, outermost first, then the object */
};

struct file_page {
    struct file_row *rows;
    size_t count;
    bool has_previous, has_next;
};

/*
 * Reads the page that the criteria ask for. Fails with ERR_INVALID when the file that it begins after is gone or not
 * visible.
 */
MUST_CHECK bool files_page_of(struct visit *visit, const struct file_criteria *criteria, struct file_page *page,
                              struct err *err);
/* Counts the matching files and adds up their sizes. */
MUST_CHECK bool files_count(struct visit *visit, const struct file_criteria *criteria, int64_t *count, int64_t *bytes,
                            struct err *err);
/* Calls each(context, row) for every match, in sort order. A row is valid only during the call. */
MUST_CHECK bool files_each(struct visit *visit, const struct file_criteria *criteria,
                           bool (*each)(void *context, const struct file_row *row, struct err *err), void *context,
                           struct err *err);
/* Reads the first `cap` matches, without places. */
MUST_CHECK bool files_first(struct visit *visit, const struct file_criteria *criteria, size_t cap,
                            struct file_row **rows, size_t *count, struct err *err);
/*
 * Reads the files with these keys, each once and without places. Fails with ERR_NOT_FOUND unless the actor may see
 * every one.
 */
MUST_CHECK bool files_of_keys(struct visit *visit, const struct str *keys, size_t key_count, struct file_row **rows,
                              size_t *count, struct err *err);
