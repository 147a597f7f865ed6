/* Declarations that the files of this folder share: file owners, rows of files, and changes. */
#pragma once

#include "model/staff_file.h"
#include "staff/files/views.h"

/* --- file owners in paths ----------------------------------------------------------------------------------------- */

/* Reads the file owner from the path: `/staff/customers/{number}/…`. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool file_owner_load(struct visit *visit, struct file_owner *owner, struct err *err);
/* Returns the path of the file owner, `/staff/customers/NUMBER`, followed by `ending`. */
struct str file_owner_path(struct arena *arena, const struct file_owner *owner, const char *ending);

/* --- one file ----------------------------------------------------------------------------------------------------- */

/* Returns a digest of name, category and visibility. A form carries it to notice that the file was changed. */
struct str file_version(struct visit *visit, const struct file *file);
/* file_path returns `/staff/files/ID` followed by `ending`; file_content_path returns the path of the content. */
struct str file_path(struct arena *arena, const struct file *file, const char *ending);
struct str file_content_path(struct arena *arena, const struct file *file);
/*
 * category_field fills a field with the categories and selects the one whose key is `chosen`. category_find finds the
 * id of a category that can still be chosen; *id is 0 when there is no such category or the key is empty.
 */
MUST_CHECK bool category_field(struct visit *visit, struct str chosen, struct field *field, struct err *err);
MUST_CHECK bool category_find(struct visit *visit, struct str key, int64_t *id, struct err *err);

/* --- pages -------------------------------------------------------------------------------------------------------- */

extern const struct list staff_files_list;

bool staff_files_of_page(struct visit *visit, struct err *err);
bool staff_files_of_send(struct visit *visit, struct err *err);
bool staff_file_page(struct visit *visit, struct err *err);
bool staff_file_send(struct visit *visit, struct err *err);
bool staff_file_remove_page(struct visit *visit, struct err *err);
bool staff_file_remove_send(struct visit *visit, struct err *err);
bool staff_file_content(struct visit *visit, struct err *err);
