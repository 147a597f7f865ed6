/*
 * Which of a dashboard's facts stand behind one number: a group of a dimension and a state. It is written into the
 * address that the number links to, and read back there.
 */
#ifndef KP_CUSTOMER_DASHBOARDS_SELECTION_H
#define KP_CUSTOMER_DASHBOARDS_SELECTION_H

#include "customer/dashboards/names.h"

/* SELECT_START_KNOWN: throughput alone, what waiting and work are told of. */
enum selection_state { SELECT_ALL, SELECT_FINISHED, SELECT_OPEN, SELECT_START_KNOWN };

struct selection {
    bool grouped; /* one group of `by`; else all */
    enum dimension by;
    int64_t key;
    struct group_name name;
    enum selection_state state;
};

/*
 * `by`, `is`, `others` and `state` of the address; ERR_NOT_FOUND when they mean nothing on this dashboard. Of an
 * unknown number of a register or picklist the key is KEY_UNKNOWN, which no fact has.
 */
bool selection_read(struct visit *visit, const struct board *board, const struct buckets *buckets,
                    struct selection *selection, struct err *err) __attribute__((warn_unused_result));
/* Appends them; name is of the group when `grouped`. */
void selection_params(struct buf *out, const struct selection *selection);
/*
 * Whether a fact is one of them. `top`: the groups that have a place of their own, when the selection is of the others.
 */
bool selection_has(const struct selection *selection, const struct groups *top, const struct fact *fact);

#endif
