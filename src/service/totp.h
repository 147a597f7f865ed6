/* Time-based one-time passwords (RFC 6238: SHA-1, 30 seconds, six digits), as every authenticator app supports them. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

/* Returns a new secret in base32. */
struct str totp_secret(struct arena *arena);
/*
 * Returns the time step that `code` belongs to: the current one, or the half minute before or after. Returns 0 if the
 * code belongs to no such step, or to a step not later than `used`, the last step whose code was accepted. Blanks in
 * the code do not count.
 */
int64_t totp_step(struct arena *arena, struct str secret, struct str code, int64_t now_us, int64_t used);
/* Returns the address that the app reads from a QR code. */
struct str totp_address(struct arena *arena, struct str issuer, struct str user, struct str secret);
/*
 * Draws the QR code as the path of an SVG, in units of one module. *size is its width with the quiet zone. ERR_INTERNAL
 * if the address does not fit.
 */
MUST_CHECK bool totp_picture(struct arena *arena, struct str address, struct str *path, int64_t *size, struct err *err);

/* Returns a recovery code, which replaces a lost second factor: 128 random bits, in a form that people can copy. */
struct str recovery_code(struct arena *arena);
/* Returns the form in which codes are compared: lower-case letters and digits only. */
struct str recovery_fold(struct arena *arena, struct str code);
