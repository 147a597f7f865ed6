/* Checks passwords while limiting guesses (docs/security-login.md), and limits the mails that strangers can cause. */
#pragma once

#include "portal/visit.h"
#include "service/throttle.h"

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

/* Sets the status 401 and its header for a wrong password or code. */
void answer_unproven(struct visit *visit);
/* Counts one more try. Fails with ERR_THROTTLED and retry_after when there were too many; `what` is for the log. */
MUST_CHECK bool try_allowed(const struct throttle_key *keys, size_t count, const char *what, struct err *err);

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

/* --- fields of login forms ---------------------------------------------------------------------------------------- */

/* The rules for new passwords: of staff, or those that the installation has for customers. */
struct password_rules {
    int least; /* characters */
    bool refuse_nordic_letters;
};
struct password_rules password_rules_of(const struct config *config);

/* Fill a field, which keeps its value and error: an e-mail address as user name, a password, a new password. */
void field_email(const struct visit *visit, struct field *field);
void field_password(const struct visit *visit, struct field *field);
void field_new_password(const struct visit *visit, struct field *field, struct password_rules rules);
/* Returns what is wrong with a new password, in the user's language; empty: nothing. */
struct str new_password_error(const struct visit *visit, struct str password, struct password_rules rules);
