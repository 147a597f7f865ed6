/* How staff get in: one-time link, password, second factor. See README.md in this folder. */
#ifndef KP_STAFF_LOGIN_LOGIN_H
#define KP_STAFF_LOGIN_LOGIN_H

#include "portal/visit.h"
#include "service/audit.h"

extern const struct feature staff_login_feature;

/* `kundportal staff add EMAIL --role ROLE` and `kundportal staff link EMAIL`. */
int staff_command(int argc, char **argv);

/* Writes what the staff user of this visit did into the audit. In the transaction of what was done. */
bool staff_audit(struct visit *visit, const char *action, struct str subject, struct str detail, struct err *err)
    __attribute__((warn_unused_result));

/* A user who can log in with a password of this hash at once, for the demonstration company. */
bool staff_make(struct db_conn *conn, struct arena *arena, struct str email, struct str role, struct str hash,
                int64_t now_us, struct err *err) __attribute__((warn_unused_result));

/* For the management of users: a new one-time link, which voids the one before; and no second factor any more. */
bool staff_link_make(struct visit *visit, int64_t staff_id, struct str *token, struct err *err)
    __attribute__((warn_unused_result));
bool staff_second_remove(struct db_conn *conn, int64_t staff_id, struct err *err) __attribute__((warn_unused_result));

#endif
