/* Declarations that the files of this folder share: the case, changes of it, and forms. */
#pragma once

#include "forms/form.h"
#include "model/case_edit.h"
#include "staff/work/views.h"

/* Read the case with this number, or with the number in the path of the request. Fail with ERR_NOT_FOUND. */
MUST_CHECK bool work_case_load(struct visit *visit, struct str number, struct work_case *work, struct err *err);
MUST_CHECK bool work_case_find(struct visit *visit, struct work_case *work, struct err *err);
/*
 * work_page_url returns `/staff/cases/NUMBER/work`. work_part_url returns the path of a work order or article row;
 * `part` is `work-orders` or `rows`.
 */
struct str work_page_url(struct arena *arena, const struct work_case *work);
struct str work_part_url(struct arena *arena, const struct work_case *work, const char *part, struct str number);

/* --- changes ------------------------------------------------------------------------------------------------------ */

/*
 * Runs a change of the case (model/case_edit.h) from the version that the form carries. Fills visit, case and version
 * of *edit. *older is true when somebody else changed the case meanwhile; then nothing was written.
 */
MUST_CHECK bool work_edit_run(struct visit *visit, const struct work_case *work, struct case_edit *edit, bool *older,
                              struct err *err);

/* --- forms -------------------------------------------------------------------------------------------------------- */

/*
 * Writes the version of the case into the form. When the form is older than the case, also sets status 409 and lists
 * what others changed since.
 */
MUST_CHECK bool work_form_stamp(struct visit *visit, const struct work_case *work, bool older,
                                struct work_form_view *view, struct err *err);
/*
 * Adds one line to the case's history for each field whose text changed. Called during a change of the case. `of` names
 * the row or work order that the fields belong to, or is empty.
 */
MUST_CHECK bool work_form_note(struct case_edit *edit, struct form *form, struct str of, struct err *err);
/* Lists labels and values as text, for a form that may not be changed. */
MUST_CHECK bool work_form_facts(struct form *form, struct work_form_view *view, struct err *err);

/* --- bookings ----------------------------------------------------------------------------------------------------- */

/* Fills the field with the technicians of the newest work orders, as proposals. */
MUST_CHECK bool work_technicians(struct visit *visit, struct field *field, struct err *err);
struct work_booking {
    struct str resource;
    int64_t from, to, order_id; /* to and order_id may be 0 */
};
/* Returns when a booking ends; one without an end takes the time of the setting. */
int64_t work_booking_end(const struct visit *visit, int64_t from, int64_t to);
/* Returns the technician's other bookings at the same time as text, empty when there are no others. */
MUST_CHECK bool work_overlaps(struct visit *visit, const struct work_booking *booking, struct str *others,
                              struct err *err);

/* --- pages -------------------------------------------------------------------------------------------------------- */

bool case_page_staff(struct visit *visit, struct err *err);
bool case_edit_page(struct visit *visit, struct err *err);
bool case_edit_send(struct visit *visit, struct err *err);
bool case_new_page(struct visit *visit, struct err *err);
bool case_new_send(struct visit *visit, struct err *err);
bool case_state_send(struct visit *visit, struct err *err);
bool case_cancel_page(struct visit *visit, struct err *err);
bool case_cancel_send(struct visit *visit, struct err *err);
bool case_note_send(struct visit *visit, struct err *err);
bool case_message_send(struct visit *visit, struct err *err);
bool case_messages_read_send(struct visit *visit, struct err *err);
bool case_file_send(struct visit *visit, struct err *err);
bool case_file_get(struct visit *visit, struct err *err);
bool work_page(struct visit *visit, struct err *err);
/* Shows the page with status 409 and why nothing was done; empty: the request was for an older version of the case. */
bool work_page_refuse(struct visit *visit, struct str refusal, struct err *err);
/* Writes the work orders and article rows of a case. Call it between page_begin and page_end. */
MUST_CHECK bool work_section_write(struct visit *visit, const struct work_case *work, struct err *err);
bool order_new_page(struct visit *visit, struct err *err);
bool order_new_send(struct visit *visit, struct err *err);
bool order_page(struct visit *visit, struct err *err);
bool order_send(struct visit *visit, struct err *err);
bool order_cancel_page(struct visit *visit, struct err *err);
bool order_cancel_send(struct visit *visit, struct err *err);
bool order_reopen_send(struct visit *visit, struct err *err);
bool row_new_page(struct visit *visit, struct err *err);
bool row_new_send(struct visit *visit, struct err *err);
bool row_page(struct visit *visit, struct err *err);
bool row_send(struct visit *visit, struct err *err);
bool row_cancel_send(struct visit *visit, struct err *err);
bool rows_attest_send(struct visit *visit, struct err *err);
