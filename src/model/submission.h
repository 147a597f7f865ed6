/*
 * Submissions record which sent form became which case, so that sending the form again does not make a second case, and
 * so that the sender can read a receipt (domain 4). Writes the tables submission and staff_submission.
 */
#pragma once

#include "db/row_set.h"

struct submission {
    struct str key;     /* made of the sender, the form and its content */
    struct str receipt; /* unguessable part of the address of the receipt */
    int64_t case_id, login_id, created;
    int64_t same_since; /* an equal key from before this instant is a different submission; 0: never */
};

/*
 * Adds a submission. Fails with ERR_CONFLICT when the key is known. When the same form is sent twice at once, the
 * second submission waits for the first and then conflicts.
 */
MUST_CHECK bool submission_add(struct db_conn *conn, const struct submission *submission, struct err *err);
/* Finds out whether there is a submission whose key begins with `start` and a point. */
MUST_CHECK bool submission_find_start(struct db_conn *conn, struct arena *arena, struct str start, bool *found,
                                      struct err *err);
/*
 * The form of a new case for staff makes one case, and that of a note one note, no matter how often it is sent.
 * staff_submission_add fails with ERR_CONFLICT when the key is known. staff_submission_find sets *number to that of the
 * case that the key made; empty: none.
 */
MUST_CHECK bool staff_submission_add(struct db_conn *conn, struct str key, int64_t case_id, int64_t now_us,
                                     struct err *err);
MUST_CHECK bool staff_submission_find(struct db_conn *conn, struct arena *arena, struct str key, struct str *number,
                                      struct err *err);
/* Deletes the submissions of logins that are deleted. */
MUST_CHECK bool submissions_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/* Deletes receipts that are older than a year, and submissions of staff after 30 days, a limited number per call. */
MUST_CHECK bool submission_upkeep(struct db_conn *conn, int64_t now_us, struct err *err);
