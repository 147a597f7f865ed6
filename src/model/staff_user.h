/* Staff users, their one-time links and recovery codes. */
#ifndef KP_MODEL_STAFF_USER_H
#define KP_MODEL_STAFF_USER_H

#include "portal/visit.h"

struct staff_row {
    int64_t id; /* 0: there is none */
    struct str email, role;
    struct str password_hash; /* empty: cannot log in yet */
    struct str totp_secret;   /* empty: no second factor */
    int64_t totp_step;
    bool active;
    int64_t last_login; /* 0: never */
};

/* By e-mail address, however it is spelt; or by id. Inactive users too. */
bool staff_find(struct db_conn *conn, struct arena *arena, struct str email, struct staff_row *user, struct err *err)
    __attribute__((warn_unused_result));
bool staff_find_id(struct db_conn *conn, struct arena *arena, int64_t id, struct staff_row *user, struct err *err)
    __attribute__((warn_unused_result));
/* *id is 0 when the address is taken. */
bool staff_add(struct db_conn *conn, struct arena *arena, struct str email, struct str role, int64_t now_us,
               int64_t *id, struct err *err) __attribute__((warn_unused_result));
/*
 * Holds a user for the rest of the transaction as they were read: false in *still when their password or second factor
 * is another one now, or they are blocked. What follows the check of a password or a code is written only after this,
 * and before anything is written to sessions. new_hash: the same password at a new cost, or empty.
 */
bool staff_hold(struct db_conn *conn, const struct staff_row *user, struct str new_hash, bool *still, struct err *err)
    __attribute__((warn_unused_result));
bool staff_note_login(struct db_conn *conn, int64_t id, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));
bool staff_set_role(struct db_conn *conn, int64_t id, struct str role, struct err *err)
    __attribute__((warn_unused_result));
/* Which mails about cases they are sent. */
bool staff_set_mails(struct db_conn *conn, int64_t id, bool new_cases, bool messages, struct err *err)
    __attribute__((warn_unused_result));
/* Their sessions are the caller's to end. */
bool staff_set_active(struct db_conn *conn, int64_t id, bool active, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Holds the administrators until the transaction ends: when two of them take away each other's role at once, the second
 * waits, and then is the last one.
 */
bool staff_hold_administrators(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
/* How many others can log in as administrator. */
bool staff_count_other_administrators(struct db_conn *conn, int64_t id, int64_t *count, struct err *err)
    __attribute__((warn_unused_result));
/* A user who can log in with a password of this hash at once, for the demonstration company. */
bool staff_make(struct db_conn *conn, struct arena *arena, struct str email, struct str role, struct str hash,
                int64_t now_us, struct err *err) __attribute__((warn_unused_result));
/* Also voids all links. */
bool staff_set_password(struct db_conn *conn, int64_t id, struct str hash, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));
/* secret empty: none any more. Recovery codes of before end. */
bool staff_set_second(struct db_conn *conn, int64_t id, struct str secret, int64_t step, struct err *err)
    __attribute__((warn_unused_result));
/* Takes a time step, once: false in *taken when it was used meanwhile. */
bool staff_take_step(struct db_conn *conn, int64_t id, int64_t step, bool *taken, struct err *err)
    __attribute__((warn_unused_result));

/* A one-time link to choose a password; only its digest is stored. */
#define STAFF_LINK_HOURS 24
bool staff_link_add(struct db_conn *conn, struct arena *arena, int64_t id, int64_t now_us, struct str *token,
                    struct err *err) __attribute__((warn_unused_result));
/* Whose it is: *id 0 when it was used, is too old, or its user is inactive. `take` uses it. */
bool staff_link_find(struct db_conn *conn, struct arena *arena, struct str token, int64_t now_us, bool take,
                     int64_t *id, struct err *err) __attribute__((warn_unused_result));
bool staff_links_forget(struct db_conn *conn, int64_t now_us, struct err *err) __attribute__((warn_unused_result));

#define RECOVERY_CODES 10
/* Makes new codes; the old ones end. */
bool recovery_make(struct db_conn *conn, struct arena *arena, int64_t id, struct str codes[RECOVERY_CODES],
                   struct err *err) __attribute__((warn_unused_result));
/* Uses a code up; false in *taken when it is none of this user's. */
bool recovery_take(struct db_conn *conn, struct arena *arena, int64_t id, struct str code, bool *taken, struct err *err)
    __attribute__((warn_unused_result));
bool recovery_count(struct db_conn *conn, int64_t id, int64_t *left, struct err *err)
    __attribute__((warn_unused_result));

#endif
