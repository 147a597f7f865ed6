/* The handlers of this folder. */
#ifndef KP_STAFF_LOGIN_PAGES_H
#define KP_STAFF_LOGIN_PAGES_H

#include "model/staff_user.h"

bool staff_login_form(struct visit *visit, struct err *err);
bool staff_login_send(struct visit *visit, struct err *err);
bool staff_code_form(struct visit *visit, struct err *err);
bool staff_code_send(struct visit *visit, struct err *err);
bool staff_logout_send(struct visit *visit, struct err *err);
bool staff_confirm_form(struct visit *visit, struct err *err);
bool staff_confirm_send(struct visit *visit, struct err *err);
bool staff_password_form(struct visit *visit, struct err *err);
bool staff_password_send(struct visit *visit, struct err *err);
bool staff_second_form(struct visit *visit, struct err *err);
bool staff_second_send(struct visit *visit, struct err *err);
bool staff_codes_send(struct visit *visit, struct err *err);
bool staff_account_page(struct visit *visit, struct err *err);
bool staff_account_password_send(struct visit *visit, struct err *err);
bool staff_everywhere_send(struct visit *visit, struct err *err);

/* --- shared by them ----------------------------------------------------------------------------------------------- */

/* `next` when it is an address of the staff area, else `/staff`. */
struct str staff_next(const struct http_params *params);
/* A field to type the password in. */
void staff_password_field(struct visit *visit, struct field *field, bool fresh);
/* What is wrong with a password that is chosen, in the user's language; empty: nothing. */
struct str staff_password_error(struct visit *visit, struct str password);
/*
 * What this browser was given when the user gave his password in it; empty: nothing, or the password is another one
 * now.
 */
struct str staff_device(struct visit *visit, const struct staff_row *user);
void staff_device_keep(struct visit *visit, int64_t staff_id, struct str hash);
/*
 * Checks a password under the limits of guesses, which are apart from those of customers. A session of the user
 * himself, and a browser in which he gave it before, are counted by themselves: whoever guesses elsewhere does not keep
 * him out.
 */
bool staff_check_password(struct visit *visit, const struct staff_row *user, struct str email, struct str password,
                          bool *correct, struct str *new_hash, struct err *err) __attribute__((warn_unused_result));
/*
 * Checks a code of the app, or a recovery code, and uses it up. ERR_THROTTLED after too many wrong ones. In *recovery:
 * it was a recovery code.
 */
bool staff_check_code(struct visit *visit, const struct staff_row *user, struct str code, bool *correct, bool *recovery,
                      struct err *err) __attribute__((warn_unused_result));

#endif
