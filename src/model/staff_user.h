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

/* Find a user by e-mail address, in any spelling, or by id. Inactive users are found too. */
bool staff_find(struct db_conn *conn, struct arena *arena, struct str email, struct staff_row *user, struct err *err)
    __attribute__((warn_unused_result));
bool staff_find_id(struct db_conn *conn, struct arena *arena, int64_t id, struct staff_row *user, struct err *err)
    __attribute__((warn_unused_result));
/* Adds a user. *id is 0 when another user has the address. */
bool staff_add(struct db_conn *conn, struct arena *arena, struct str email, struct str role, int64_t now_us,
               int64_t *id, struct err *err) __attribute__((warn_unused_result));
/*
 * Holds a user for the rest of the transaction, if they are still as they were read. False in *still: their password or
 * second factor has changed, or they are blocked. After a password or code was checked, call this before writing
 * anything that depends on the check, and before writing to sessions. new_hash: the same password at a new cost, or
 * empty.
 */
bool staff_hold(struct db_conn *conn, const struct staff_row *user, struct str new_hash, bool *still, struct err *err)
    __attribute__((warn_unused_result));
bool staff_note_login(struct db_conn *conn, int64_t id, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));
bool staff_set_role(struct db_conn *conn, int64_t id, struct str role, struct err *err)
    __attribute__((warn_unused_result));
/* Sets which mails about cases a user gets. */
bool staff_set_mails(struct db_conn *conn, int64_t id, bool new_cases, bool messages, struct err *err)
    __attribute__((warn_unused_result));
/* Activates or deactivates a user. The caller must end their sessions. */
bool staff_set_active(struct db_conn *conn, int64_t id, bool active, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Holds the administrators until the transaction ends. When two administrators remove the role of each other at once,
 * the second waits, and is then the last administrator.
 */
bool staff_hold_administrators(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
/* Counts the other users who can log in as administrator. */
bool staff_count_other_administrators(struct db_conn *conn, int64_t id, int64_t *count, struct err *err)
    __attribute__((warn_unused_result));
/* Adds a user who can log in at once with the password of this hash, for the demonstration company. */
bool staff_make(struct db_conn *conn, struct arena *arena, struct str email, struct str role, struct str hash,
                int64_t now_us, struct err *err) __attribute__((warn_unused_result));
/* Sets a password, and voids all links of the user. */
bool staff_set_password(struct db_conn *conn, int64_t id, struct str hash, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));
/* Sets the second factor; an empty secret removes it. Deletes all earlier recovery codes. */
bool staff_set_second(struct db_conn *conn, int64_t id, struct str secret, int64_t step, struct err *err)
    __attribute__((warn_unused_result));
/* Uses a time step, which works only once: false in *taken when it was used in the meantime. */
bool staff_take_step(struct db_conn *conn, int64_t id, int64_t step, bool *taken, struct err *err)
    __attribute__((warn_unused_result));

/* Makes a one-time link to choose a password. Only the digest of its token is stored. */
#define STAFF_LINK_HOURS 24
bool staff_link_add(struct db_conn *conn, struct arena *arena, int64_t id, int64_t now_us, struct str *token,
                    struct err *err) __attribute__((warn_unused_result));
/*
 * Finds the user of a link. *id is 0 when the link was used or is too old, or when its user is inactive. `take` uses
 * the link.
 */
bool staff_link_find(struct db_conn *conn, struct arena *arena, struct str token, int64_t now_us, bool take,
                     int64_t *id, struct err *err) __attribute__((warn_unused_result));
bool staff_links_forget(struct db_conn *conn, int64_t now_us, struct err *err) __attribute__((warn_unused_result));

#define RECOVERY_CODES 10
/* Makes new recovery codes, which replace the old ones. */
bool recovery_make(struct db_conn *conn, struct arena *arena, int64_t id, struct str codes[RECOVERY_CODES],
                   struct err *err) __attribute__((warn_unused_result));
/* Uses up a recovery code. False in *taken when this user does not have the code. */
bool recovery_take(struct db_conn *conn, struct arena *arena, int64_t id, struct str code, bool *taken, struct err *err)
    __attribute__((warn_unused_result));
bool recovery_count(struct db_conn *conn, int64_t id, int64_t *left, struct err *err)
    __attribute__((warn_unused_result));

#endif
