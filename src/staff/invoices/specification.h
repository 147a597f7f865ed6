/* One specification as staff see it, and the rows it has or may get. */
#ifndef KP_STAFF_INVOICES_SPECIFICATION_H
#define KP_STAFF_INVOICES_SPECIFICATION_H

#include "model/specification.h"
#include "staff/invoices/views.h"

#define SPECIFICATION_ROWS_MAX 2000

struct str staff_specification_path(struct arena *arena, struct str number, const char *behind);
/* What a form was made from: a change of state, of rows, of sums or of a field makes another one. */
struct str staff_specification_stamp(struct arena *arena, const struct specification *specification);
struct str staff_specification_period(struct arena *arena, struct str from, struct str to);
/* Its rows, by case and date. */
bool staff_specification_rows_load(struct visit *visit, const struct specification *specification,
                                   struct staff_specification_row_view **rows, size_t *count, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Its rows (those that are not attested any more are lost), and the attested rows of the customer's cases dated within
 * the period that stand on no other specification. *more: there are others beyond SPECIFICATION_ROWS_MAX.
 */
bool staff_specification_choices_load(struct visit *visit, const struct specification *specification,
                                      struct staff_specification_row_view **rows, size_t *count, bool *more,
                                      struct err *err) __attribute__((warn_unused_result));

/* --- two on one draft --------------------------------------------------------------------------------------------- */

/* The labels (msgids) of its fields. */
extern const char *const staff_specification_field_labels[DRAFT_FIELDS];
/* The end of a stamp: what its fields hold, as digests. */
struct str staff_specification_was(struct arena *arena, const struct specification *specification);
/* Which of the rows are chosen, as digests that the form of a draft carries. */
struct str staff_specification_had(struct arena *arena, const struct staff_specification_row_view *rows, size_t count);
bool staff_specification_is_sent(const struct http_params *form, struct str number);
/*
 * *mine as it was sent, for a draft that others changed: takes over what they changed in fields and rows that were not
 * touched, loads the rows and tells the changes in *view, whose stamp is the newest.
 */
bool staff_specification_merge(struct visit *visit, struct specification *mine, const struct specification *fresh,
                               struct staff_specification_form_view *view, struct err *err)
    __attribute__((warn_unused_result));
/* Tells which rows of the draft, and of those that were sent, may not stand on it any more. */
void staff_specification_tell_lost(struct visit *visit, struct staff_specification_form_view *view);

/* --- pages -------------------------------------------------------------------------------------------------------- */

struct list;
extern const struct list staff_specifications_list;
bool staff_specification_page(struct visit *visit, struct err *err);
/* The same with a refusal (msgid) on top and this status. */
bool staff_specification_refuse(struct visit *visit, const char *refusal, int status, struct err *err);
bool staff_specification_new_page(struct visit *visit, struct err *err);
bool staff_specification_new_send(struct visit *visit, struct err *err);
bool staff_specification_edit_page(struct visit *visit, struct err *err);
bool staff_specification_edit_send(struct visit *visit, struct err *err);
bool staff_specification_publish_send(struct visit *visit, struct err *err);
bool staff_specification_withdraw_send(struct visit *visit, struct err *err);
bool staff_specification_invoiced_send(struct visit *visit, struct err *err);

#endif
