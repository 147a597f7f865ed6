/* Duplicates: cases that say the same as another case, the original, which goes on (domain 2.9). */
#pragma once

#include "model/case_edit.h"

struct original {
    int64_t id; /* 0: the case is no duplicate */
    struct str number;
};

/*
 * Cancels the case as a duplicate. Its contacts and followers follow the original too from now on; its messages and
 * files move there. Call it within a change of the duplicate. Fails as case_state_cancel does.
 */
MUST_CHECK bool duplicate_cancel(struct case_edit *edit, struct str reason, const struct original *original,
                                 struct err *err);
