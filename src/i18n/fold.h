/* Unicode folding by ICU: what makes two spellings of a name or a word the same. */
#ifndef KP_I18N_FOLD_H
#define KP_I18N_FOLD_H

#include "base/arena.h"

/* NFC and full case folding; `s` is valid UTF-8. For names and addresses. */
struct str fold_case(struct arena *arena, struct str s);
/* NFKC case folding: also wide, ligature and compatibility forms become the plain ones. For search words. */
struct str fold_compatible(struct arena *arena, struct str s);
/* NFC only, for passwords: the same letters typed on another machine. */
struct str fold_none(struct arena *arena, struct str s);

#endif
