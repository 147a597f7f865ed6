/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct staff_specification_row_view {
    struct str number, date, what, quantity, unit_price, discount, total;
    struct str case_number, case_url;
    bool chosen;
    bool lost; /* is on the draft, but is no longer allowed there */
};

enum { DRAFT_CUSTOMER, DRAFT_FROM, DRAFT_TO, DRAFT_TITLE, DRAFT_REFERENCE, DRAFT_FIELDS };
/* The most changes that the form can list: all fields, three changes of rows, and the sum. */
#define DRAFT_CHANGES_MAX (DRAFT_FIELDS + 4)

struct staff_specification_change_view {
    struct str label, now, mine; /* mine: what this user typed, empty when they did not change it */
};

struct staff_specification_form_view {
    struct str heading, action, back_url, back_label, refusal;
    bool asks;  /* first step: asks for customer and period, and is sent by GET */
    bool fresh; /* the specification is new */
    struct str stamp, had;
    struct staff_specification_change_view
        changes[DRAFT_CHANGES_MAX]; /* what somebody else changed since the form was opened */
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
    struct str note; /* says that rows changed after a decision, or is empty */
    struct str url, stamp, refusal;
    bool draft, awaiting, decided, approved;
    const struct staff_specification_row_view *rows;
    size_t row_count;
    const struct staff_specification_decision_view *decisions;
    size_t decision_count;
};
