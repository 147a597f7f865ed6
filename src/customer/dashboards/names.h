/* The names of groups: codes in addresses and files, labels on pages, and the way back from a code to a key. */
#pragma once

#include "customer/dashboards/gather.h"

struct group_name {
    struct str code; /* empty for the group without a value, and for "others" */
    struct str label;
};

/* `time`, `type`…: used in addresses and as headings of CSV. */
extern const char *const dimension_codes[DIMENSION_COUNT];
/* Returns false when there is no such dimension. */
bool dimension_find(struct str code, enum dimension *by);
/* Returns whether the keys of a dimension are ids of a register or picklist, not positions. */
bool dimension_is_stored(enum dimension by);

/* Reads the names of the groups of a dimension, in the order of the groups. */
MUST_CHECK bool names_load(struct visit *visit, const struct board *board, enum dimension by,
                           const struct buckets *buckets, const struct groups *groups, struct group_name **names,
                           struct err *err);
/* Finds the key of a code: KEY_UNKNOWN when there is none, 0 for the empty code. */
MUST_CHECK bool names_find(struct visit *visit, const struct board *board, enum dimension by,
                           const struct buckets *buckets, struct str code, int64_t *key, struct err *err);

/* Returns a duration for people: `3 d 4 h`, `4 h 5 min`, `7 min`. */
struct str duration_text(struct arena *arena, enum lang lang, int64_t us);
/* Returns a duration in hours, exact to a millionth, for files and charts. */
struct str duration_hours(struct arena *arena, int64_t us);
