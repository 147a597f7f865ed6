/*
 * The facts behind one number of a dashboard: a group of a dimension, and a state. The link on the number carries the
 * selection in its address, and the page of rows reads it back.
 */
#pragma once

#include "customer/dashboards/names.h"

/* SELECT_START_KNOWN: on throughput only, the facts that waiting and work are measured of. */
enum selection_state { SELECT_ALL, SELECT_FINISHED, SELECT_OPEN, SELECT_START_KNOWN };

struct selection {
    bool grouped; /* one group of `by`; false: all facts */
    enum dimension by;
    int64_t key;
    struct group_name name;
    enum selection_state state;
};

/*
 * Reads `by`, `is`, `others` and `state` of the address. Fails with ERR_NOT_FOUND when they mean nothing on this
 * dashboard. For an unknown number of a register or picklist the key is KEY_UNKNOWN, which no fact has.
 */
MUST_CHECK bool selection_read(struct visit *visit, const struct board *board, const struct buckets *buckets,
                               struct selection *selection, struct err *err);
/* Appends the parameters of the selection; `name` must be the name of the group when `grouped`. */
void selection_params(struct buf *out, const struct selection *selection);
/*
 * Returns whether the selection has a fact. `top`: the groups that are not among the others, when the selection is of
 * the others.
 */
bool selection_has(const struct selection *selection, const struct groups *top, const struct fact *fact);
