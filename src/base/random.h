/*
 * Random bytes from the kernel, digests and names for secrets. Never fails: the process ends when the kernel has none.
 */
#ifndef KP_BASE_RANDOM_H
#define KP_BASE_RANDOM_H

#include "base/arena.h"

void random_bytes(void *out, size_t n);
/* n random bytes as URL-safe base64 without padding. */
struct str random_token(struct arena *arena, size_t n);

#endif
