/* Time-based one-time passwords (RFC 6238: SHA-1, 30 seconds, six digits) as every authenticator app knows them. */
#ifndef KP_SERVICE_TOTP_H
#define KP_SERVICE_TOTP_H

#include "base/arena.h"
#include "base/err.h"

/* A new secret, base32. */
struct str totp_secret(struct arena *arena);
/*
 * The time step whose code this is: of now, or of the half minute before or after. 0: none of them, or one at or before
 * `used`, the last step whose code was taken. Blanks in the code do not count.
 */
int64_t totp_step(struct arena *arena, struct str secret, struct str code, int64_t now_us, int64_t used);
/* What the app reads from a QR code. */
struct str totp_address(struct arena *arena, struct str issuer, struct str user, struct str secret);
/*
 * The same as the path of an SVG in units of one module; *size is its width with the quiet zone. ERR_INTERNAL when it
 * does not fit.
 */
bool totp_picture(struct arena *arena, struct str address, struct str *path, int64_t *size, struct err *err)
    __attribute__((warn_unused_result));

/* Codes that stand in for a lost second factor: 80 random bits, as people can copy them. */
struct str recovery_code(struct arena *arena);
/* As it is compared: small letters and digits alone. */
struct str recovery_fold(struct arena *arena, struct str code);

#endif
