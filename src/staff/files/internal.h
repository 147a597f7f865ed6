/* Between the files of this folder: what a file belongs to, files as rows, and changes of them. */
#ifndef KP_STAFF_FILES_INTERNAL_H
#define KP_STAFF_FILES_INTERNAL_H

#include "portal/visit.h"
#include "staff/files/views.h"

/* Characters of a name, as store_clean_name cuts it. */
#define FILE_NAME_MAX 120

/* --- what files belong to (domain 2) --------------------------------------------------------------------------------------------------- */

enum holder_kind { HOLDER_CUSTOMER, HOLDER_OBJECT, HOLDER_CASE, HOLDER_KINDS };
/* Their names in addresses and labels (msgids), by kind. */
extern const char *const holder_codes[HOLDER_KINDS], *const holder_labels[HOLDER_KINDS];

struct holder {
    enum holder_kind kind;
    int64_t id;
    struct str number, name;
};

/* Whose files the address is about: `/staff/customers/{number}/…`; ERR_NOT_FOUND. */
bool holder_load(struct visit *visit, struct holder *holder, struct err *err) __attribute__((warn_unused_result));
/* `/staff/customers/NUMBER` and what stands behind it. */
struct str holder_path(struct arena *arena, const struct holder *holder, const char *behind);
/* `customer K1`, as the audit calls it. */
struct str holder_subject(struct arena *arena, const struct holder *holder);

/* --- rows ------------------------------------------------------------------------------------------------------------------------------ */

struct kept_file {
    int64_t id, size, created, category_id;
    struct str name, media_type, digest;
    struct str category, category_label; /* its key, and how people call it */
    bool visible;                        /* in the portal, to whom the visibility module lets see its holder */
    struct holder holder;
};

/* What is asked of a list. Empty fields narrow nothing. */
struct file_question {
    struct str q, kind, number, category, visible;
    const struct holder *holder;     /* only its files, or NULL */
    int64_t after_created, after_id; /* the page begins behind that file; 0: the first page */
};

/* The newest first, at most `limit` (and one more, to see whether there are). */
bool kept_files_load(struct visit *visit, const struct file_question *question, size_t limit, struct kept_file **files,
                     size_t *count, struct err *err) __attribute__((warn_unused_result));
/* All of them, not only a page: the strings of a file last until the next. */
typedef bool kept_file_fn(void *context, struct arena *arena, const struct kept_file *file, struct err *err);
bool kept_files_each(struct visit *visit, const struct file_question *question, kept_file_fn *each, void *context,
                     struct err *err) __attribute__((warn_unused_result));
/* The file of an id as it stands in the address; ERR_NOT_FOUND. */
bool kept_file_load(struct visit *visit, struct str id, struct kept_file *file, struct err *err)
    __attribute__((warn_unused_result));
/* Tells one state of name, category and visibility from another: a form carries it. */
struct str kept_file_version(struct visit *visit, const struct kept_file *file);
/* `/staff/files/ID` and what stands behind it; and the address of its content. */
struct str kept_file_path(struct arena *arena, const struct kept_file *file, const char *behind);
struct str kept_file_content_path(struct arena *arena, const struct kept_file *file);
/* A row of a table. */
struct kept_file_view kept_file_view(struct visit *visit, const struct kept_file *file);
/* The field of a category, with its key as chosen; and the id of an item that can be chosen. *id is 0 for none and for what cannot. */
bool category_field(struct visit *visit, struct str chosen, struct field *field, struct err *err)
    __attribute__((warn_unused_result));
bool category_find(struct visit *visit, struct str key, int64_t *id, struct err *err)
    __attribute__((warn_unused_result));

/* --- changes, each in a transaction with its audit and the history of a case -------------------------------------------------------------- */

struct added_file {
    struct str name, digest;
    const char *media_type;
    int64_t size;
    bool twice; /* the holder has this content under this name: nothing was added */
};

bool kept_files_add(struct visit *visit, const struct holder *holder, struct added_file *files, size_t count,
                    int64_t category_id, bool visible, struct err *err) __attribute__((warn_unused_result));
/* *older: it is not any more as `before` says, or gone, and nothing was done. */
bool kept_file_change(struct visit *visit, const struct kept_file *before, const struct kept_file *after, bool *older,
                      struct err *err) __attribute__((warn_unused_result));
bool kept_file_remove(struct visit *visit, const struct kept_file *file, bool *older, struct err *err)
    __attribute__((warn_unused_result));

/* --- pages ----------------------------------------------------------------------------------------------------------------------------- */

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
