/* Work orders of cases (domain 2). Writes the table work_order. */
#pragma once

#include "model/case_edit.h"
#include "model/record.h"

struct work_order {
    int64_t id; /* 0: new */
    struct str number;
    int64_t status;
    int64_t began;                       /* the earlier of its times of start and finish; 0: not yet */
    const struct record_column *columns; /* the fields of its form */
    size_t column_count;
};

/*
 * Stores a work order. Call it within a change of the case (model/case_edit.h). A work order with id 0 is new and gets
 * a number, which becomes the subject of the change. Does not change the state of the case: the caller calls
 * case_state_follow.
 */
MUST_CHECK bool work_order_save(struct case_edit *edit, struct work_order *order, struct err *err);
/* Notes that a mail has named the bookings of a case: when one of them is removed, a later mail has to say so. */
MUST_CHECK bool work_orders_note_invited(struct db_conn *conn, int64_t case_id, struct err *err);
