/* Ranks how well a customer or an object matches the typed text. Needs no database. */
#pragma once

#include "base/arena.h"

#define MATCH_WORDS 8

struct match_question {
    struct str whole; /* folded */
    struct str words[MATCH_WORDS];
    size_t count;
};

/* Folds the search text and splits it into words. Words beyond MATCH_WORDS do not narrow the search. */
void match_prepare(struct arena *arena, struct str question, struct match_question *prepared);
/* Returns the rank of a match: 0 is best, -1 is no match. Texts are folded into `scratch`. */
int match_rank(struct arena *scratch, const struct match_question *question, struct str number, struct str name,
               struct str address);
