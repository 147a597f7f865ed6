/* What the templates of this folder are given. */
#ifndef KP_STAFF_INVOICES_VIEWS_H
#define KP_STAFF_INVOICES_VIEWS_H

#include "view/view.h"

struct staff_specification_row_view {
    struct str number, date, what, quantity, unit_price, discount, total;
    struct str case_number, case_url;
    bool chosen;
    bool lost; /* stands on the draft, but may not any more */
};

enum { DRAFT_CUSTOMER, DRAFT_FROM, DRAFT_TO, DRAFT_TITLE, DRAFT_REFERENCE, DRAFT_FIELDS };
/* The fields, the rows in three ways, and the sum. */
#define DRAFT_CHANGES_MAX (DRAFT_FIELDS + 4)

struct staff_specification_change_view {
    struct str label, now, mine; /* mine: when it was typed otherwise, else empty */
};

struct staff_specification_form_view {
    struct str heading, action, back_url, back_label, refusal;
    bool asks;  /* the customer and period are asked for first: the form is sent by GET */
    bool fresh; /* a new one */
    struct str stamp, had;
    struct staff_specification_change_view changes[DRAFT_CHANGES_MAX]; /* by somebody else, since the form was opened */
    size_t change_count;
    struct str changed_by;
    struct field fields[DRAFT_FIELDS];
    const struct staff_specification_row_view *rows;
    size_t row_count;
    bool more; /* there are more rows than can be shown */
};

struct staff_specification_decision_view {
    struct str at, name, label, total, comment;
};

struct staff_specification_view {
    struct str number, title, customer, customer_url, period, reference, total, status, status_label;
    struct str note; /* that rows changed after a decision; or empty */
    struct str url, stamp, refusal;
    bool draft, awaiting, decided, approved;
    const struct staff_specification_row_view *rows;
    size_t row_count;
    const struct staff_specification_decision_view *decisions;
    size_t decision_count;
};

#endif
