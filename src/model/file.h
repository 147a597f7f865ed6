/*
 * A file of a customer, an object or a case (domain 2, 7). Its row has a name, a category and whether the portal shows
 * it; its content is in the store under its digest. Writes the table file.
 */
#pragma once

#include "portal/visit.h"

/* Largest number of characters in a name, where store_clean_name cuts it. */
#define FILE_NAME_MAX 120

enum file_owner_kind { OWNER_ANY, OWNER_CUSTOMER, OWNER_OBJECT, OWNER_CASE };
#define OWNER_KINDS (OWNER_CASE + 1)
/* By enum file_owner_kind; OWNER_ANY has the empty code and no label. */
extern const struct code_list file_owner_kinds;

struct file_owner {
    enum file_owner_kind kind;
    int64_t id;
    struct str number, name;
};

/* Finds the customer, object or case with this number. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool file_owner_find(struct db_conn *conn, struct arena *arena, enum file_owner_kind kind, struct str number,
                                struct file_owner *owner, struct err *err);

struct file {
    int64_t id, size, created, category_id;
    struct str name, media_type, digest;
    struct str category, category_label; /* key and label of the category */
    bool visible; /* shown in the portal to users who may see its owner by the visibility module */
    struct file_owner owner;
};

/*
 * SQL that selects files for file_read, with the label of the category in a language. The conditions on alias f follow
 * it.
 */
extern const char *const file_select_literals[LANG_COUNT];
/* Returns the file of the current row of such a query. */
struct file file_read(struct db_rows *rows);

/* Finds the file with the id of an address. Fails with ERR_NOT_FOUND. For staff: does not check visibility. */
MUST_CHECK bool file_find(struct visit *visit, struct str id, struct file *file, struct err *err);

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* A file of an owner, whose content store_put has stored. */
struct new_file_row {
    enum file_owner_kind owner_kind;
    int64_t owner_id, category_id; /* category_id 0: none */
    struct str name, media_type, digest;
    int64_t size, created;
    bool visible;
    struct str path; /* name of the file in imports and exports; empty: none */
};
/* Adds one row. Call it in a transaction. */
MUST_CHECK bool file_insert(struct db_conn *conn, struct arena *arena, const struct new_file_row *file,
                            struct err *err);

/*
 * Change or delete a file, if it is still as it was shown. *older: it has changed or is gone, and nothing was done.
 * Call them in a transaction.
 */
MUST_CHECK bool file_update(struct db_conn *conn, const struct file *before, const struct file *after, bool *older,
                            struct err *err);
MUST_CHECK bool file_delete(struct db_conn *conn, const struct file *file, bool *older, struct err *err);
/*
 * Shows the attachment of a case in the portal, or hides it. Fails with ERR_NOT_FOUND. Call it in a transaction; it
 * writes the audit.
 */
MUST_CHECK bool attachment_show(struct visit *visit, int64_t case_id, struct str case_number, struct str key,
                                bool visible, struct err *err);
/* Moves the files of a case to another case. */
MUST_CHECK bool files_move(struct db_conn *conn, int64_t from, int64_t to, struct err *err);
