/* The names of groups: codes in addresses and files, labels on pages, and the way back from a code to a key. */
#pragma once

#include "customer/dashboards/gather.h"

struct group_name {
    struct str code; /* empty for the group without a value, and for "others" */
    struct str label;
    struct str url; /* of an object that the actor may see: its page; else empty */
};

struct dimension_kind {
    const char *code;          /* `time`, `type`…: used in addresses and as headings of CSV */
    const char *names_literal; /* selects id, code, label and English label of keys that are ids; NULL: positions */
};
extern const struct dimension_kind dimensions[DIMENSION_COUNT];
/* Returns the number of positions of a dimension; 0: its keys are ids. */
size_t dimension_places(const struct board_request *request, enum dimension by);

/* Reads the names of the groups of a dimension, without addresses. */
MUST_CHECK bool names_load(const struct board_request *request, enum dimension by, struct groups *groups,
                           struct err *err);
/* Gives the names of objects that the actor may see the addresses of their pages. */
MUST_CHECK bool names_link_objects(struct visit *visit, const struct groups *groups, struct err *err);
/* Finds the key of a code: KEY_UNKNOWN when no group has the code, 0 for the empty code. */
MUST_CHECK bool names_find(const struct board_request *request, enum dimension by, struct str code, int64_t *key,
                           struct err *err);
