/* Declarations that the files of this folder share. */
#pragma once

#include "lists/list.h"
#include "model/file.h"

/* Limits of one archive; more than this is better downloaded in parts. */
#define ARCHIVE_FILES 500
#define ARCHIVE_BYTES (INT64_C(4) * 1000 * 1000 * 1000)

extern const struct list customer_files_list;

/* What a search found: how many files with how many bytes, and the ids of a page and the objects that have them. */
struct found_files {
    int64_t total, bytes;
    int64_t *ids, *objects; /* objects: 0 for a file that belongs to no object */
    size_t count;
};
/*
 * Finds the files of a page, at most `limit`, and counts all that match. The visible files are looked through once.
 * query->kept becomes the struct found_files.
 */
MUST_CHECK bool files_find(struct list_query *query, int64_t limit, struct err *err);
/* `source` and `count` of the list. */
MUST_CHECK bool files_source(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err);
MUST_CHECK bool files_count(struct list_query *query, int64_t *total, struct err *err);

/*
 * Reads the files with these keys, each once. Fails with ERR_NOT_FOUND unless the actor may see every one.
 */
MUST_CHECK bool files_of_keys(struct visit *visit, const struct str *keys, size_t key_count, struct file **files,
                              size_t *count, struct err *err);
/* Reads the files that were found. */
MUST_CHECK bool files_of_found(struct visit *visit, const struct found_files *found, struct file **files, size_t *count,
                               struct err *err);

/*
 * `/files.zip?id=KEY&id=…` sends these files, or no archive at all unless the actor may see every one.
 * `/files.zip?all=1&…` sends the files that match the parameters of the list.
 */
MUST_CHECK bool files_zip(struct visit *visit, struct err *err);
