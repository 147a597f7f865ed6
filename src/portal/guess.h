/* Checks passwords while limiting guesses (docs/security-login.md), and limits the mails that strangers can cause. */
#pragma once

#include "portal/visit.h"

struct guess {
    struct str name;     /* folded; attempts are counted even if no login has this name */
    struct str hash;     /* empty: no password is right, and checking takes the same time */
    struct str password; /* as typed */
    struct str trusted;  /* proof that strangers lack (a known device, a mailed link), counted on its own; or empty */
};

/*
 * Checks the password of a guess. Fails with ERR_THROTTLED or ERR_BUSY, with retry_after. Gives the database connection
 * back meanwhile and takes one again whether the check succeeds or not; if that fails, the error is the connection's.
 */
MUST_CHECK bool guess_check(struct visit *visit, const struct guess *guess, bool *correct, bool *rehash,
                            struct err *err);
/* Makes a password hash, and gives the connection back meanwhile in the same way. */
MUST_CHECK bool guess_hash(struct visit *visit, struct str password, struct str *hash, struct err *err);

/*
 * For ERR_THROTTLED and ERR_BUSY: sets status and Retry-After, and fills *text to show above the form. Returns false
 * for any other failure.
 */
bool answer_wait(struct visit *visit, const struct err *err, struct str *text);

/* Counts one more mail for this client's network. Fails with ERR_THROTTLED when it has caused too many. */
MUST_CHECK bool mail_allowed(struct visit *visit, struct err *err);
/*
 * Each purpose is counted on its own: strangers who register somebody's address again and again must not block the mail
 * that lets its owner log in.
 */
enum mail_purpose { MAIL_TO_CONFIRM, MAIL_TO_RESET };

/*
 * Counts one more mail to this address and returns whether it may be sent. Do not tell the client the result: it would
 * reveal what others have done.
 */
bool mail_wanted(enum mail_purpose purpose, struct str name);
