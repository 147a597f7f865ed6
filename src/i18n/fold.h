/* Unicode folding by ICU, which makes different spellings of a name or word equal. */
#pragma once

#include "base/arena.h"

/* Applies NFC and full case folding, for names and addresses; `s` is valid UTF-8. */
struct str fold_case(struct arena *arena, struct str s);
/*
 * Applies NFKC case folding, for search words: wide letters, ligatures and compatibility forms become plain ones, too.
 */
struct str fold_compatible(struct arena *arena, struct str s);
/* Applies only NFC, for passwords: the same letters may be typed on another machine. */
struct str fold_none(struct arena *arena, struct str s);
