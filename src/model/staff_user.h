/* Staff users, their one-time links and recovery codes. */
#pragma once

#include "portal/visit.h"

struct staff_row {
    int64_t id; /* 0: no such user */
    struct str email;
    enum staff_role role;
    struct str password_hash; /* empty: cannot log in yet */
    struct str totp_secret;   /* empty: no second factor */
    int64_t totp_step;
    bool active;
    int64_t last_login; /* 0: never */
};

/* Find a user by e-mail address, in any spelling, or by id. Inactive users are found too. */
MUST_CHECK bool staff_find(struct db_conn *conn, struct arena *arena, struct str email, struct staff_row *user,
                           struct err *err);
MUST_CHECK bool staff_find_id(struct db_conn *conn, struct arena *arena, int64_t id, struct staff_row *user,
                              struct err *err);
/* Adds a user. *id is 0 when another user has the address. */
MUST_CHECK bool staff_add(struct db_conn *conn, struct arena *arena, struct str email, enum staff_role role,
                          int64_t now_us, int64_t *id, struct err *err);
/*
 * Holds a user for the rest of the transaction, if they are still as they were read. False in *still: their password or
 * second factor has changed, or they are blocked. After a password or code was checked, call this before writing
 * anything that depends on the check, and before writing to sessions. new_hash: the same password at a new cost, or
 * empty.
 */
MUST_CHECK bool staff_hold(struct db_conn *conn, const struct staff_row *user, struct str new_hash, bool *still,
                           struct err *err);
MUST_CHECK bool staff_note_login(struct db_conn *conn, int64_t id, int64_t now_us, struct err *err);
MUST_CHECK bool staff_set_role(struct db_conn *conn, int64_t id, enum staff_role role, struct err *err);
/* Sets which mails a user gets, as bits: about new cases, about messages, about decisions. */
MUST_CHECK bool staff_set_mails(struct db_conn *conn, int64_t id, int64_t wanted, struct err *err);
/* Sets the name that customers see, where a setting shows it. */
MUST_CHECK bool staff_set_name(struct db_conn *conn, int64_t id, struct str name, struct err *err);
/* Activates or deactivates a user. The caller must end their sessions. */
MUST_CHECK bool staff_set_active(struct db_conn *conn, int64_t id, bool active, struct err *err);
/*
 * Holds the administrators until the transaction ends. When two administrators remove the role of each other at once,
 * the second waits, and is then the last administrator.
 */
MUST_CHECK bool staff_hold_administrators(struct db_conn *conn, struct err *err);
/* Counts the other users who can log in as administrator. */
MUST_CHECK bool staff_count_other_administrators(struct db_conn *conn, int64_t id, int64_t *count, struct err *err);
/* Adds a user who can log in at once with the password of this hash, for the demonstration company. */
MUST_CHECK bool staff_make(struct db_conn *conn, struct arena *arena, struct str email, enum staff_role role,
                           struct str hash, int64_t now_us, struct err *err);
/* Sets a password, and voids all links of the user. */
MUST_CHECK bool staff_set_password(struct db_conn *conn, int64_t id, struct str hash, int64_t now_us, struct err *err);
/* Sets the second factor; an empty secret removes it. Deletes all earlier recovery codes. */
MUST_CHECK bool staff_set_second(struct db_conn *conn, int64_t id, struct str secret, int64_t step, struct err *err);
/* Uses a time step, which works only once: false in *taken when it was used in the meantime. */
MUST_CHECK bool staff_take_step(struct db_conn *conn, int64_t id, int64_t step, bool *taken, struct err *err);

/* Makes a one-time link to choose a password. Only the digest of its token is stored. */
#define STAFF_LINK_HOURS 24
MUST_CHECK bool staff_link_add(struct db_conn *conn, struct arena *arena, int64_t id, int64_t now_us, struct str *token,
                               struct err *err);
/*
 * Finds the user of a link. *id is 0 when the link was used or is too old, or when its user is inactive. `take` uses
 * the link.
 */
MUST_CHECK bool staff_link_find(struct db_conn *conn, struct arena *arena, struct str token, int64_t now_us, bool take,
                                int64_t *id, struct err *err);
MUST_CHECK bool staff_links_forget(struct db_conn *conn, int64_t now_us, struct err *err);

#define RECOVERY_CODES 10
/* Makes new recovery codes, which replace the old ones. */
MUST_CHECK bool recovery_make(struct db_conn *conn, struct arena *arena, int64_t id, struct str codes[RECOVERY_CODES],
                              struct err *err);
/* Uses up a recovery code. False in *taken when this user does not have the code. */
MUST_CHECK bool recovery_take(struct db_conn *conn, struct arena *arena, int64_t id, struct str code, bool *taken,
                              struct err *err);
MUST_CHECK bool recovery_count(struct db_conn *conn, int64_t id, int64_t *left, struct err *err);
