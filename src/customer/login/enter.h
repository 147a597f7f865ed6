/* What follows when somebody has proven who he is, in whichever way. */
#ifndef KP_CUSTOMER_LOGIN_ENTER_H
#define KP_CUSTOMER_LOGIN_ENTER_H

#include "model/login.h"
#include "portal/guess.h"

/* The cookie of this browser, made anew when it has none. */
struct str device_token(const struct visit *visit);
/* Sets the cookie. After the transaction that noted the device. */
void device_keep(struct visit *visit, struct str token);

/* Writes what happened to a login into the audit. In the transaction of what it tells of. */
bool login_audit(struct visit *visit, const struct login_row *login, const char *action, struct err *err)
    __attribute__((warn_unused_result));

/*
 * In a transaction: begins a session and notes login and device. False in *entered when the password has changed since
 * it was read. new_hash: the same password at a new cost, or empty.
 */
bool enter(struct visit *visit, const struct login_row *login, struct str new_hash, struct str device, bool *entered,
           struct err *err) __attribute__((warn_unused_result));

#endif
