/*
 * The SQL of the files one may see (access/visibility.h decides): a page, their number, all of them, one, or some by
 * key.
 */
#ifndef KP_CUSTOMER_FILES_QUERY_H
#define KP_CUSTOMER_FILES_QUERY_H

#include "customer/files/criteria.h"

struct file_row {
    int64_t id, size, created, object_id;
    struct str key, name, media_type, digest;
    struct str category, category_label; /* its key, and how people call it */
    enum file_owner_kind owner;
    struct str owner_number, owner_name; /* of a case: its title */
    struct str place; /* of an object's file: the objects around it that one may see, outermost first, then itself */
};

struct file_page {
    struct file_row *rows;
    size_t count;
    bool has_previous, has_next;
};

/* The page that the criteria say. ERR_INVALID when the file that it begins behind is gone or out of sight. */
bool files_page_of(struct visit *visit, const struct file_criteria *criteria, struct file_page *page, struct err *err)
    __attribute__((warn_unused_result));
/* How many files match, and their size together. */
bool files_count(struct visit *visit, const struct file_criteria *criteria, int64_t *count, int64_t *bytes,
                 struct err *err) __attribute__((warn_unused_result));
/* Calls each(context, row) for every match in sort order; rows live in an arena that is emptied now and then. */
bool files_each(struct visit *visit, const struct file_criteria *criteria,
                bool (*each)(void *context, const struct file_row *row, struct err *err), void *context,
                struct err *err) __attribute__((warn_unused_result));
/* The first `cap` matches, without places. */
bool files_first(struct visit *visit, const struct file_criteria *criteria, size_t cap, struct file_row **rows,
                 size_t *count, struct err *err) __attribute__((warn_unused_result));
/* The files of these keys, without places; ERR_NOT_FOUND unless one may see every one. Each once. */
bool files_of_keys(struct visit *visit, const struct str *keys, size_t key_count, struct file_row **rows, size_t *count,
                   struct err *err) __attribute__((warn_unused_result));

#endif
