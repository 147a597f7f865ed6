/*
 * Numbers that are kept in the memory of the process while nothing changes that they are counted from: each is valid
 * for its key and for the generations (access/scope.h) that it was counted in. The memory is small and safe for threads
 * (lock: kept.lock).
 */
#pragma once

#include "portal/visit.h"

/*
 * Makes visit->generations known. They are read before anything is counted: if the data changes meanwhile, the number
 * is kept for a generation that is over, so nobody gets it.
 */
MUST_CHECK bool kept_generations(struct visit *visit, struct err *err);

/* Returns the key of something with this name that belongs to the actor of the visit. */
struct str kept_key(struct visit *visit, const char *name);
bool kept_find(struct str key, struct generations generations, int64_t *number);
void kept_put(struct str key, struct generations generations, int64_t number);

/* The same for texts, copied into the arena. A text of more than KEPT_TEXT_MAX bytes is not kept. */
#define KEPT_TEXT_MAX 4096
bool kept_text_find(struct arena *arena, struct str key, struct generations generations, struct str *text);
void kept_text_put(struct str key, struct generations generations, struct str text);

/*
 * Fills *number for the actor of the visit: the number that is kept under this name, or that `count` counts now. It is
 * counted again after every change of cases, registers, links, messages, specifications and saved searches.
 */
MUST_CHECK bool kept_count(struct visit *visit, const char *name,
                           bool (*count)(struct visit *visit, int64_t *number, struct err *err), int64_t *number,
                           struct err *err);
