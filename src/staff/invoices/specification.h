/* An invoice specification on the staff pages, its rows, and the rows that can be added to it. */
#pragma once

#include "model/specification.h"
#include "staff/invoices/views.h"

#define SPECIFICATION_ROWS_MAX 2000

/* Finds the specification whose number is in the path. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool staff_specification_find(struct visit *visit, struct specification *specification, struct err *err);
struct str staff_specification_path(struct arena *arena, struct str number, const char *ending);
/* Returns the stamp that a form carries. It changes when the state, the rows or the sum changes. */
struct str staff_specification_stamp(struct arena *arena, const struct specification *specification);
/* Reads the rows of the specification, sorted by case and date. */
MUST_CHECK bool staff_specification_rows_load(struct visit *visit, const struct specification *specification,
                                              struct staff_specification_row_view **rows, size_t *count,
                                              struct err *err);

/* Which rows a draft can have: the rows of a customer's cases in a period. */
struct specification_choice {
    int64_t specification_id; /* 0: not stored yet; all rows but those that a customer rejected are chosen then */
    int64_t customer_id;
    struct str from, to; /* empty: no limit */
};
/*
 * Reads the rows that a draft can have: the rows that are on it, and the attested rows of the customer's cases that are
 * dated within the period and are on no other specification. A row that is on the draft but is no longer attested is
 * marked as lost. *more is true when there are more than SPECIFICATION_ROWS_MAX rows.
 */
MUST_CHECK bool staff_specification_choices_load(struct visit *visit, const struct specification_choice *choice,
                                                 struct staff_specification_row_view **rows, size_t *count, bool *more,
                                                 struct err *err);

/* --- pages -------------------------------------------------------------------------------------------------------- */

struct list;
extern const struct list staff_specifications_list;
bool staff_specification_page(struct visit *visit, struct err *err);
/* Shows the page of the specification with a refusal on top and this status. */
bool staff_specification_refuse(struct visit *visit, struct str refusal, int status, struct err *err);
bool staff_specification_new_page(struct visit *visit, struct err *err);
bool staff_specification_new_send(struct visit *visit, struct err *err);
bool staff_specification_edit_page(struct visit *visit, struct err *err);
bool staff_specification_edit_send(struct visit *visit, struct err *err);
/* Publishes or withdraws the specification or marks it as invoiced, as the last part of the path says. */
bool staff_specification_step_send(struct visit *visit, struct err *err);
