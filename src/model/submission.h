/*
 * Submissions: which sent form became which case, so that sending it again makes no second one, and so that the sender
 * can read a receipt (domain 4). Writes the tables submission and staff_submission.
 */
#ifndef KP_MODEL_SUBMISSION_H
#define KP_MODEL_SUBMISSION_H

#include "db/row_set.h"

struct submission {
    struct str key;     /* who, which form and what was sent */
    struct str receipt; /* unguessable, of the address of the receipt */
    int64_t case_id, login_id, created;
    int64_t same_since; /* an equal key from before this instant is another submission; 0: never */
};

/* ERR_CONFLICT when the key is known: of two sendings at once, the second waits for the first and then conflicts. */
bool submission_add(struct db_conn *conn, const struct submission *submission, struct err *err)
    __attribute__((warn_unused_result));
/* Whether a submission was stored whose key begins with `start`. */
bool submission_find_start(struct db_conn *conn, struct arena *arena, struct str start, bool *found, struct err *err)
    __attribute__((warn_unused_result));
/*
 * The form of a new case that staff fill in: it makes one case however often it is sent. ERR_CONFLICT when the key is
 * known. *number: of the case that the key made, empty: none.
 */
bool staff_submission_add(struct db_conn *conn, struct str key, int64_t case_id, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));
bool staff_submission_find(struct db_conn *conn, struct arena *arena, struct str key, struct str *number,
                           struct err *err) __attribute__((warn_unused_result));
/* Deletes those of logins that go. */
bool submissions_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));
/* Deletes receipts that are older than a year, and submissions of staff after 30 days, some at a time. */
bool submission_upkeep(struct db_conn *conn, int64_t now_us, struct err *err) __attribute__((warn_unused_result));

#endif
