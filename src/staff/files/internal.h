/* Between the files of this folder: what a file belongs to, files as rows, and changes of them. */
#ifndef KP_STAFF_FILES_INTERNAL_H
#define KP_STAFF_FILES_INTERNAL_H

#include "model/staff_file.h"
#include "staff/files/views.h"

/* --- owners in addresses --- */

/* Whose files the address is about: `/staff/customers/{number}/…`; ERR_NOT_FOUND. */
bool file_owner_load(struct visit *visit, struct file_owner *owner, struct err *err)
    __attribute__((warn_unused_result));
/* `/staff/customers/NUMBER` and what stands behind it. */
struct str file_owner_path(struct arena *arena, const struct file_owner *owner, const char *behind);

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* What is asked of a list. Empty fields narrow nothing. */
struct staff_file_criteria {
    struct str q, kind, number, category, visible;
    const struct file_owner *owner;  /* only its files, or NULL */
    int64_t after_created, after_id; /* the page begins behind that file; 0: the first page */
};

/* The newest first, at most `limit` (and one more, to see whether there are). */
bool staff_files_load(struct visit *visit, const struct staff_file_criteria *criteria, size_t limit,
                      struct file **files, size_t *count, struct err *err) __attribute__((warn_unused_result));
/* All of them, not only a page: the strings of a file last until the next. */
typedef bool file_row_fn(void *context, struct arena *arena, const struct file *file, struct err *err);
bool staff_files_each(struct visit *visit, const struct staff_file_criteria *criteria, file_row_fn *each, void *context,
                      struct err *err) __attribute__((warn_unused_result));
/* Tells one state of name, category and visibility from another: a form carries it. */
struct str file_version(struct visit *visit, const struct file *file);
/* `/staff/files/ID` and what stands behind it; and the address of its content. */
struct str file_path(struct arena *arena, const struct file *file, const char *behind);
struct str file_content_path(struct arena *arena, const struct file *file);
/* A row of a table. */
struct file_view file_view(struct visit *visit, const struct file *file);
/*
 * The field of a category, with its key as chosen; and the id of an item that can be chosen. *id is 0 for none and for
 * what cannot.
 */
bool category_field(struct visit *visit, struct str chosen, struct field *field, struct err *err)
    __attribute__((warn_unused_result));
bool category_find(struct visit *visit, struct str key, int64_t *id, struct err *err)
    __attribute__((warn_unused_result));

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

#endif
