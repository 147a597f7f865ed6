/*
 * Random bytes from the kernel, and random names for secrets. These functions never fail: the process ends when the
 * kernel gives no bytes.
 */
#pragma once

#include "base/arena.h"

void random_bytes(void *out, size_t n);
/* Returns n random bytes as URL-safe base64 without padding. */
struct str random_token(struct arena *arena, size_t n);
