/*
 * The facts of one figure of a dashboard: a group of a dimension, and a state. The link on the figure carries the
 * selection in its address, and the list of rows reads it back.
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
    struct groups top; /* with KEY_OTHERS: the groups that are not among the others */
};

/*
 * Reads `by`, `is`, `others` and `state` of the request. Fails with ERR_NOT_FOUND when they mean nothing on this
 * dashboard. For an unknown number of a register or picklist the key is KEY_UNKNOWN, which no fact has.
 */
MUST_CHECK bool selection_read(const struct board_request *request, struct selection *selection, struct err *err);
/* Returns `&by=…&is=…&state=…`; `name` must be the name of the group when `grouped`. */
struct str selection_params(struct arena *arena, const struct selection *selection);
/* Appends ` AND …` for the facts of the selection. */
void selection_add(struct sql *sql, const struct board_request *request, const struct selection *selection);
