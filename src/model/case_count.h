/*
 * Counts of hits, kept as long as nothing changes: a count is valid for one generation (access/scope.h) and one set of
 * scopes and criteria. The cache is small, process-wide and thread-safe (lock: count_cache.lock).
 */
#pragma once

#include "base/str.h"

bool count_cache_get(struct str key, int64_t generation, int64_t *count);
void count_cache_put(struct str key, int64_t generation, int64_t count);
