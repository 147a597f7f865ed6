/* The request handlers of this folder, and the functions they share. */
#pragma once

#include "model/staff_user.h"
#include "portal/guess.h"
#include "staff/login/views.h"

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

/* --- shared functions --------------------------------------------------------------------------------------------- */

/* Returns the parameter `next` when it is an address in the staff area, else `/staff`. */
struct str staff_next(const struct http_params *params);
extern const struct password_rules staff_passwords;
/* What a user has given in this browser before. */
enum device_proof { DEVICE_PASSWORD, DEVICE_SECOND };
/*
 * staff_device returns the token that this browser got when the user gave the proof in it. It returns an empty string
 * when the browser has no such token, or when password or second factor has changed since. staff_device_keep gives the
 * browser a token. `secret` is the hash of the password or the secret of the second factor.
 */
struct str staff_device(struct visit *visit, enum device_proof proof, int64_t staff_id, struct str secret);
void staff_device_keep(struct visit *visit, enum device_proof proof, int64_t staff_id, struct str secret);
/*
 * Checks a password and limits the number of guesses. The limits are separate from those of customers. Guesses in the
 * user's own session, or in a browser where they gave the password before, are counted separately, so that somebody who
 * guesses elsewhere does not lock the user out.
 */
MUST_CHECK bool staff_check_password(struct visit *visit, const struct staff_row *user, struct str email,
                                     struct str password, bool *correct, struct str *new_hash, struct err *err);
/*
 * Checks a code from the app, or a recovery code, and uses it up. Fails with ERR_THROTTLED after too many wrong codes.
 * Codes in a browser where the user gave their second factor before are counted separately: a stranger who knows the
 * password and guesses codes does not lock the user out.
 * *recovery says whether it was a recovery code.
 */
MUST_CHECK bool staff_check_code(struct visit *visit, const struct staff_row *user, struct str code, bool *correct,
                                 bool *recovery, struct err *err);
