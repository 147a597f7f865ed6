/* Declarations that the files of this folder share: file owners, rows of files, and changes. */
#pragma once

#include "model/staff_file.h"
#include "staff/files/views.h"

/* --- file owners in paths ----------------------------------------------------------------------------------------- */

/* Reads the file owner from the path: `/staff/customers/{number}/…`. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool file_owner_load(struct visit *visit, struct file_owner *owner, struct err *err);
/* Returns the path of the file owner, `/staff/customers/NUMBER`, followed by `behind`. */
struct str file_owner_path(struct arena *arena, const struct file_owner *owner, const char *behind);

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* The criteria of a list. An empty criterion does not limit the list. */
struct staff_file_criteria {
    struct str q, kind, number, category, visible;
    const struct file_owner *owner;  /* show only the files of this owner, or NULL */
    int64_t after_created, after_id; /* the page begins after this file; 0: it is the first page */
};

/* Reads the newest files first: `limit` of them and one more, which shows whether there is a next page. */
MUST_CHECK bool staff_files_load(struct visit *visit, const struct staff_file_criteria *criteria, size_t limit,
                                 struct file **files, size_t *count, struct err *err);
/*
 * Calls `each` for all files, not only for one page, up to EXPORT_MAX. The strings of a file are valid only during the
 * call.
 */
typedef bool file_row_fn(void *context, struct arena *arena, const struct file *file, struct err *err);
MUST_CHECK bool staff_files_each(struct visit *visit, const struct staff_file_criteria *criteria, file_row_fn *each,
                                 void *context, struct err *err);
/* Returns a digest of name, category and visibility. A form carries it to notice that the file was changed. */
struct str file_version(struct visit *visit, const struct file *file);
/* file_path returns `/staff/files/ID` followed by `behind`; file_content_path returns the path of the content. */
struct str file_path(struct arena *arena, const struct file *file, const char *behind);
struct str file_content_path(struct arena *arena, const struct file *file);
/* Returns the file as a row of a table. */
struct file_view file_view(struct visit *visit, const struct file *file);
/*
 * category_field fills a field with the categories and selects the one whose key is `chosen`. category_find finds the
 * id of a category that can still be chosen; *id is 0 when there is no such category or the key is empty.
 */
MUST_CHECK bool category_field(struct visit *visit, struct str chosen, struct field *field, struct err *err);
MUST_CHECK bool category_find(struct visit *visit, struct str key, int64_t *id, struct err *err);

/* --- pages -------------------------------------------------------------------------------------------------------- */

bool staff_files_page(struct visit *visit, struct err *err);
bool staff_files_csv(struct visit *visit, struct err *err);
bool staff_files_xlsx(struct visit *visit, struct err *err);
bool staff_files_of_page(struct visit *visit, struct err *err);
bool staff_files_of_send(struct visit *visit, struct err *err);
bool staff_file_page(struct visit *visit, struct err *err);
bool staff_file_send(struct visit *visit, struct err *err);
bool staff_file_remove_page(struct visit *visit, struct err *err);
bool staff_file_remove_send(struct visit *visit, struct err *err);
bool staff_file_content(struct visit *visit, struct err *err);
