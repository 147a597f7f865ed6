/* An invoice specification on the staff pages, its rows, and the rows that can be added to it. */
#pragma once

#include "model/specification.h"
#include "staff/invoices/views.h"

#define SPECIFICATION_ROWS_MAX 2000

struct str staff_specification_path(struct arena *arena, struct str number, const char *behind);
/* Returns the stamp that a form carries. It changes when the state, the rows, the sum or a field changes. */
struct str staff_specification_stamp(struct arena *arena, const struct specification *specification);
struct str staff_specification_period(struct arena *arena, struct str from, struct str to);
/* Reads the rows of the specification, sorted by case and date. */
MUST_CHECK bool staff_specification_rows_load(struct visit *visit, const struct specification *specification,
                                              struct staff_specification_row_view **rows, size_t *count,
                                              struct err *err);
/*
 * Reads the rows that a draft can have: the rows that are on it, and the attested rows of the customer's cases that are
 * dated within the period and are on no other specification. A row that is on the draft but is no longer attested is
 * marked as lost. *more is true when there are more than SPECIFICATION_ROWS_MAX rows.
 */
MUST_CHECK bool staff_specification_choices_load(struct visit *visit, const struct specification *specification,
                                                 struct staff_specification_row_view **rows, size_t *count, bool *more,
                                                 struct err *err);

/* --- when two people change one draft ----------------------------------------------------------------------------- */

/* The labels (msgids) of the fields. */
extern const struct msgid *const staff_specification_field_labels[DRAFT_FIELDS];
/* Returns the end of the stamp: a digest of each field's value. */
struct str staff_specification_was(struct arena *arena, const struct specification *specification);
/* Returns the numbers of the chosen rows as digests, which the form of a draft carries. */
struct str staff_specification_had(struct arena *arena, const struct staff_specification_row_view *rows, size_t count);
bool staff_specification_is_sent(const struct http_params *form, struct str number);
/*
 * Merges the sent form *mine with a draft that somebody else changed: takes over their changes in the fields and rows
 * that this user did not touch, reads the rows, and lists the changes in *view. The stamp in *view is the newest one.
 */
MUST_CHECK bool staff_specification_merge(struct visit *visit, struct specification *mine,
                                          const struct specification *fresh, struct staff_specification_form_view *view,
                                          struct err *err);
/* Adds to *view a message that names the rows, on the draft or sent, that can no longer be on the draft. */
void staff_specification_tell_lost(struct visit *visit, struct staff_specification_form_view *view);

/* --- pages -------------------------------------------------------------------------------------------------------- */

struct list;
extern const struct list staff_specifications_list;
bool staff_specification_page(struct visit *visit, struct err *err);
/* Shows the page of the specification with a refusal (msgid) on top and this status. */
bool staff_specification_refuse(struct visit *visit, const struct msgid *refusal, int status, struct err *err);
bool staff_specification_new_page(struct visit *visit, struct err *err);
bool staff_specification_new_send(struct visit *visit, struct err *err);
bool staff_specification_edit_page(struct visit *visit, struct err *err);
bool staff_specification_edit_send(struct visit *visit, struct err *err);
bool staff_specification_publish_send(struct visit *visit, struct err *err);
bool staff_specification_withdraw_send(struct visit *visit, struct err *err);
bool staff_specification_invoiced_send(struct visit *visit, struct err *err);
