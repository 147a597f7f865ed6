/*
 * Files: of a customer, an object or a case (domain 2, 7). The row has a name, a category and whether the portal shows
 * it; the content is in the store under its digest. Writes the table file.
 */
#ifndef KP_MODEL_FILE_H
#define KP_MODEL_FILE_H

#include "portal/visit.h"

/* Characters of a name, as store_clean_name cuts it. */
#define FILE_NAME_MAX 120

enum file_owner_kind { OWNER_ANY, OWNER_CUSTOMER, OWNER_OBJECT, OWNER_CASE };
#define OWNER_KINDS (OWNER_CASE + 1)
/* Code names for files and addresses, and labels (msgids); of OWNER_ANY none. */
extern const char *const file_owner_codes[OWNER_KINDS], *const file_owner_labels[OWNER_KINDS];

struct file_owner {
    enum file_owner_kind kind;
    int64_t id;
    struct str number, name;
};

/* The customer, object or case of this number; ERR_NOT_FOUND. */
bool file_owner_find(struct db_conn *conn, struct arena *arena, enum file_owner_kind kind, struct str number,
                     struct file_owner *owner, struct err *err) __attribute__((warn_unused_result));

struct file {
    int64_t id, size, created, category_id;
    struct str name, media_type, digest;
    struct str category, category_label; /* its key, and how people call it */
    bool visible;                        /* in the portal, to people whom the visibility module lets see its owner */
    struct file_owner owner;
};

/*
 * SQL that reads a file as file_read wants it, up to its conditions on alias f, with the label of the category in a
 * language.
 */
extern const char *const file_select_literals[LANG_COUNT];
/* The file of the present row of such a query. Its texts are in the arena. */
struct file file_read(struct arena *arena, const struct db_rows *rows);

/* The file of an id as it stands in the address; ERR_NOT_FOUND. For staff: visibility is not asked. */
bool file_find(struct visit *visit, struct str id, struct file *file, struct err *err)
    __attribute__((warn_unused_result));

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* A content that store_put has put, as a file of an owner. */
struct new_file_row {
    enum file_owner_kind owner_kind;
    int64_t owner_id, category_id; /* category_id 0: none */
    struct str name, media_type, digest;
    int64_t size, created;
    bool visible;
    struct str path; /* the file's own name in imports and exports, empty: none */
};
/* Adds one row. In a transaction. */
bool file_insert(struct db_conn *conn, struct arena *arena, const struct new_file_row *file, struct err *err)
    __attribute__((warn_unused_result));

/*
 * Changes or deletes a file that is still as it was shown. *older: it is not, or gone, and nothing was done. In a
 * transaction.
 */
bool file_update(struct db_conn *conn, const struct file *before, const struct file *after, bool *older,
                 struct err *err) __attribute__((warn_unused_result));
bool file_delete(struct db_conn *conn, const struct file *file, bool *older, struct err *err)
    __attribute__((warn_unused_result));
/* Shows the attachment of a case in the portal, or hides it; ERR_NOT_FOUND. In a transaction, with its audit. */
bool attachment_show(struct visit *visit, int64_t case_id, struct str case_number, struct str key, bool visible,
                     struct err *err) __attribute__((warn_unused_result));

#endif
