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
/*
 * Cancel an open work order, and open a finished or cancelled one again. Call them within a change of the case; the
 * caller then calls case_state_follow. Fail with ERR_CONFLICT when the work order is in another state.
 */
MUST_CHECK bool work_order_cancel(struct case_edit *edit, int64_t id, struct str reason, struct err *err);
MUST_CHECK bool work_order_reopen(struct case_edit *edit, int64_t id, struct err *err);
/*
 * SQL on the alias w: a booking that is not over. $2: the instant of now; $3: how long a booking without an end takes,
 * in microseconds.
 */
#define WORK_ORDER_COMING "w.booked_from IS NOT NULL AND COALESCE(w.booked_to, w.booked_from + $3) >= $2"
/* Notes that a mail has named the coming bookings of a case: if one of them is removed, a later mail has to say so. */
MUST_CHECK bool work_orders_note_invited(struct db_conn *conn, int64_t case_id, int64_t now_us, int64_t least_us,
                                         struct err *err);
