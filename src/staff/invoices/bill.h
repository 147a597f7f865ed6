/* One specification as staff see it, and the rows it has or may get. */
#ifndef KP_STAFF_INVOICES_BILL_H
#define KP_STAFF_INVOICES_BILL_H

#include "portal/visit.h"
#include "staff/invoices/views.h"

#define BILL_ROWS_MAX 2000

struct bill {
    int64_t id; /* 0: new */
    int64_t customer_id;
    struct str number, customer, customer_name, title, period_from, period_to, reference, digest;
    struct str status; /* as people see it (SPECIFICATION_STATUS) */
    bool changed;      /* rows changed after they were decided on */
    int64_t total, row_count;
};

/* The specification of a number, drafts too; ERR_NOT_FOUND. */
bool bill_load(struct visit *visit, struct str number, struct bill *bill, struct err *err)
    __attribute__((warn_unused_result));
struct str bill_path(struct arena *arena, struct str number, const char *behind);
/* What a form was made from: a change of state, of rows, of sums or of a field makes another one. */
struct str bill_stamp(struct arena *arena, const struct bill *bill);
struct str bill_period(struct arena *arena, struct str from, struct str to);
/* Code names and labels (msgids) of the states. */
extern const char *const bill_statuses[5], *const bill_status_labels[5];
struct str bill_status_label(struct visit *visit, struct str status);

/* Its rows, by case and date. */
bool bill_rows_load(struct visit *visit, const struct bill *bill, struct bill_row_view **rows, size_t *count,
                    struct err *err) __attribute__((warn_unused_result));
/*
 * Its rows (those that are not attested any more are lost), and the attested rows of the customer's cases dated within the period that stand on no other specification. *more: there
 * are others beyond BILL_ROWS_MAX.
 */
bool bill_choices_load(struct visit *visit, const struct bill *bill, struct bill_row_view **rows, size_t *count,
                       bool *more, struct err *err) __attribute__((warn_unused_result));

/* --- changes, in a transaction that holds specification_lock ----------------------------------------------------------------------------- */

/* Inserts or updates a draft with the rows of these numbers; *taken: one of them stands on another one or may not stand here. */
bool bill_write(struct visit *visit, struct bill *bill, const struct str *rows, size_t row_count, bool *taken,
                struct err *err) __attribute__((warn_unused_result));

/* --- two on one draft -------------------------------------------------------------------------------------------------------------------- */

/* The labels (msgids) of its fields. */
extern const char *const bill_field_labels[BILL_FIELDS];
/* The end of a stamp: what its fields hold, as digests. */
struct str bill_was(struct arena *arena, const struct bill *bill);
/* Which of the rows are chosen, as digests that the form of a draft carries. */
struct str bill_had(struct arena *arena, const struct bill_row_view *rows, size_t count);
bool bill_is_sent(const struct http_params *form, struct str number);
/*
 * *mine as it was sent, for a draft that others changed: takes over what they changed in fields and rows that were not touched, loads
 * the rows and tells the changes in *view, whose stamp is the newest.
 */
bool bill_merge(struct visit *visit, struct bill *mine, const struct bill *fresh, struct bill_form_view *view,
                struct err *err) __attribute__((warn_unused_result));
/* Tells which rows of the draft, and of those that were sent, may not stand on it any more. */
void bill_tell_lost(struct visit *visit, struct bill_form_view *view);

/* --- pages ------------------------------------------------------------------------------------------------------------------------------- */

bool bill_list(struct visit *visit, struct err *err);
bool bill_csv(struct visit *visit, struct err *err);
bool bill_xlsx(struct visit *visit, struct err *err);
bool bill_page(struct visit *visit, struct err *err);
/* The same with a refusal (msgid) on top and this status. */
bool bill_page_refused(struct visit *visit, const char *refusal, int status, struct err *err);
bool bill_new_page(struct visit *visit, struct err *err);
bool bill_new_send(struct visit *visit, struct err *err);
bool bill_edit_page(struct visit *visit, struct err *err);
bool bill_edit_send(struct visit *visit, struct err *err);
bool bill_publish_send(struct visit *visit, struct err *err);
bool bill_withdraw_send(struct visit *visit, struct err *err);
bool bill_invoiced_send(struct visit *visit, struct err *err);

#endif
