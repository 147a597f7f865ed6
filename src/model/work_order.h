/* Work orders of cases (domain 2). Writes the table work_order. */
#pragma once

#include "model/case_edit.h"

struct work_order {
    int64_t id; /* 0: new */
    struct str number, title, resource;
    struct str type; /* key of its picklist item, filled by work_order_find */
    int64_t type_id; /* 0: none; not filled by work_order_find */
    int64_t status;
    int64_t booked_from, booked_to, started, finished; /* 0: none */
};

/* Finds the work order with this number in a case. Fails with ERR_NOT_FOUND when the case does not have it. */
MUST_CHECK bool work_order_find(struct db_conn *conn, struct arena *arena, int64_t case_id, struct str number,
                                struct work_order *order, struct err *err);
/*
 * Stores a work order. Call it within a change of the case (model/case_edit.h). A work order with id 0 is new and gets
 * a number, which becomes the subject of the change. Does not change the state of the case: the caller calls
 * case_state_follow.
 */
MUST_CHECK bool work_order_save(struct case_edit *edit, struct work_order *order, struct err *err);
