/* Checking a password under the limits of guesses (docs/security-login.md), and the limit of mails to strangers. */
#ifndef KP_PORTAL_GUESS_H
#define KP_PORTAL_GUESS_H

#include "portal/visit.h"

struct guess {
    struct str name;     /* folded; counted whether anybody has it or not */
    struct str hash;     /* empty: never right, with the same work */
    struct str password; /* as typed */
    struct str
        trusted; /* what strangers do not have (a device known to this login, a mailed link): counted alone; or empty */
};

/*
 * ERR_THROTTLED and ERR_BUSY with retry_after. The connection is given back meanwhile, and there again whatever happens
 * unless that fails.
 */
bool guess_check(struct visit *visit, const struct guess *guess, bool *correct, bool *rehash, struct err *err)
    __attribute__((warn_unused_result));
/* Makes a hash in the same way. */
bool guess_hash(struct visit *visit, struct str password, struct str *hash, struct err *err)
    __attribute__((warn_unused_result));

/*
 * Too many attempts, or too many at once: sets status and Retry-After and fills *text for the form that is shown again.
 * False: the failure is neither.
 */
bool answer_wait(struct visit *visit, const struct err *err, struct str *text);

/* Whether this client may have another mail sent; counts. False: ERR_THROTTLED. */
bool mail_allowed(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
/*
 * Counted apart: strangers who register somebody's address again and again must not keep back the mail by which its
 * owner gets in.
 */
enum mail_purpose { MAIL_TO_CONFIRM, MAIL_TO_RESET };

/* Whether this address may get another mail; counts. Not told to the client: it would say what others have done. */
bool mail_wanted(enum mail_purpose purpose, struct str name);

#endif
