/* How well a customer or an object fits what was typed; without database. */
#ifndef KP_MODEL_CHOICE_MATCH_H
#define KP_MODEL_CHOICE_MATCH_H

#include "base/arena.h"

#define MATCH_WORDS 8

struct match_question {
    struct str whole; /* folded */
    struct str words[MATCH_WORDS];
    size_t count;
};

/* Folds and splits; words over MATCH_WORDS do not narrow. */
void match_prepare(struct arena *arena, struct str question, struct match_question *prepared);
/* 0 is best, -1 does not fit. Texts are folded into `scratch`. */
int match_rank(struct arena *scratch, const struct match_question *question, struct str number, struct str name,
               struct str address);

#endif
