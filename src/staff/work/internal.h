/* Between the files of this folder: the case that is worked on, changes of it, and forms. */
#ifndef KP_STAFF_WORK_INTERNAL_H
#define KP_STAFF_WORK_INTERNAL_H

#include "forms/form.h"
#include "model/case_edit.h"
#include "staff/work/views.h"

struct work_case {
    int64_t id, version;
    int64_t last_change; /* the newest row of case_change, 0: none */
    struct str number, title, url;
};

/* The case of a number; ERR_NOT_FOUND. */
bool work_case_load(struct visit *visit, struct str number, struct work_case *work, struct err *err)
    __attribute__((warn_unused_result));
/* `/staff/cases/NUMBER/work`, and the page of a work order or row: part is `work-orders` or `rows`. */
struct str work_page_url(struct arena *arena, const struct work_case *work);
struct str work_part_url(struct arena *arena, const struct work_case *work, const char *part, struct str number);

/* --- changes ------------------------------------------------------------------------------------------------------ */

/*
 * Runs a change of the case (model/case_edit.h) from the version that the form carries. Fills visit, case and version.
 * *older: somebody changed the case meanwhile, and nothing was written.
 */
bool work_edit_run(struct visit *visit, const struct work_case *work, struct case_edit *edit, bool *older,
                   struct err *err) __attribute__((warn_unused_result));

/* --- forms -------------------------------------------------------------------------------------------------------- */

/* The version of the case; and for an outdated form what others changed since, with status 409. */
bool work_form_stamp(struct visit *visit, const struct work_case *work, bool older, struct work_form_view *view,
                     struct err *err) __attribute__((warn_unused_result));
/*
 * In a change of the case: one line of history for each field that reads differently now. `of` says whose fields; or
 * empty.
 */
bool work_form_note(struct case_edit *edit, struct form *form, struct str of, struct err *err)
    __attribute__((warn_unused_result));
/* Labels with values, for what may not be changed. */
bool work_form_facts(struct form *form, struct work_form_view *view, struct err *err)
    __attribute__((warn_unused_result));

/* --- bookings ----------------------------------------------------------------------------------------------------- */

/* Proposes the technicians who were booked lately. */
bool work_technicians(struct visit *visit, struct field *field, struct err *err) __attribute__((warn_unused_result));
struct work_booking {
    struct str resource;
    int64_t from, to, order_id; /* to, order_id: 0 none */
};
/* What the same technician is booked for at the same time, told as a text; empty: nothing. */
bool work_overlaps(struct visit *visit, const struct work_booking *booking, struct str *others, struct err *err)
    __attribute__((warn_unused_result));

/* --- pages -------------------------------------------------------------------------------------------------------- */

bool case_page_staff(struct visit *visit, struct err *err);
bool case_edit_page(struct visit *visit, struct err *err);
bool case_edit_send(struct visit *visit, struct err *err);
bool case_new_page(struct visit *visit, struct err *err);
bool case_new_send(struct visit *visit, struct err *err);
bool case_state_send(struct visit *visit, struct err *err);
bool case_note_send(struct visit *visit, struct err *err);
bool case_message_send(struct visit *visit, struct err *err);
bool case_messages_read_send(struct visit *visit, struct err *err);
bool case_file_send(struct visit *visit, struct err *err);
bool case_file_get(struct visit *visit, struct err *err);
bool work_page(struct visit *visit, struct err *err);
/* The same to whoever wanted to do something with an older version of the case: 409. */
bool work_page_older(struct visit *visit, struct str case_number, struct err *err);
bool order_new_page(struct visit *visit, struct err *err);
bool order_new_send(struct visit *visit, struct err *err);
bool order_page(struct visit *visit, struct err *err);
bool order_send(struct visit *visit, struct err *err);
bool row_new_page(struct visit *visit, struct err *err);
bool row_new_send(struct visit *visit, struct err *err);
bool row_page(struct visit *visit, struct err *err);
bool row_send(struct visit *visit, struct err *err);
bool row_cancel_send(struct visit *visit, struct err *err);
bool rows_attest_send(struct visit *visit, struct err *err);

#endif
