/*
 * Files for a case that is not created yet. They are kept while their form is refused or not sent, and the form names
 * them by their keys. Their contents are in the store. Writes the table upload. An owner is the owner of a draft
 * (model/draft.h).
 */
#pragma once

#include "db/row_set.h"

struct upload {
    struct str key, owner, name, media_type, digest;
    int64_t size, created;
};

/* Finds the file that an owner keeps under this key. */
MUST_CHECK bool upload_find(struct db_conn *conn, struct arena *arena, struct str owner, struct str key,
                            struct upload *upload, bool *found, struct err *err);
MUST_CHECK bool upload_add(struct db_conn *conn, const struct upload *upload, struct err *err);
MUST_CHECK bool upload_forget(struct db_conn *conn, struct str owner, struct str key, struct err *err);
MUST_CHECK bool upload_forget_all(struct db_conn *conn, struct str owner, struct err *err);
/* Deletes the oldest files of an owner who has more than `most` files. */
MUST_CHECK bool upload_forget_oldest(struct db_conn *conn, struct str owner, int64_t most, struct err *err);
/* Gives the files of one owner to another. */
MUST_CHECK bool upload_take_over(struct db_conn *conn, struct str from, struct str to, struct err *err);
/* Deletes the files of personal logins that are deleted. */
MUST_CHECK bool uploads_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/* Deletes files that were not sent within 2 days and that no draft has, a limited number per call. */
MUST_CHECK bool upload_upkeep(struct db_conn *conn, int64_t now_us, struct err *err);
