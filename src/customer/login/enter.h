/* Begins the session of a user who has proven who they are, in any way. */
#pragma once

#include "model/login.h"
#include "portal/guess.h"

/* Returns the token in the device cookie of this browser, or a new token when the browser has none. */
struct str device_token(const struct visit *visit);
/* Sets the device cookie. Call it after the transaction that noted the device. */
void device_keep(struct visit *visit, struct str token);

/* Writes an event of a login into the audit. Call it in the transaction of that event. */
MUST_CHECK bool login_audit(struct visit *visit, const struct login_row *login, const char *action, struct err *err);

/*
 * Begins a session, and notes login and device. Call it in a transaction. False in *entered when the password has
 * changed since it was read, or the login was blocked. new_hash: the same password at a new cost, or empty.
 */
MUST_CHECK bool enter(struct visit *visit, const struct login_row *login, struct str new_hash, struct str device,
                      bool *entered, struct err *err);
