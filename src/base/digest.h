/* Digests (BLAKE2b, 32 bytes), as text. */
#pragma once

#include "base/arena.h"

/*
 * Returns the digest of a text in hex digits. Enough for a secret of 18 random bytes or more, which needs no salt and
 * no slow hash.
 */
struct str digest_hex(struct arena *arena, struct str text);
/* Returns bytes in hex digits. */
struct str hex_of_bytes(struct arena *arena, const unsigned char *bytes, size_t n);
