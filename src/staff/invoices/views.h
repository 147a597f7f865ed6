/* The data that the templates of this folder show. */
#pragma once

#include "forms/views.h"
#include "model/decision.h"
#include "model/history.h"

struct staff_specification_row_view {
    struct str number, date, what, quantity, unit_price, discount, total;
    struct str case_number, case_url;
    struct str remark, case_remark; /* what the customer said when they rejected the row, or its case */
    bool chosen;
    bool lost; /* is on the specification, but is not attested, so it may not be */
};

struct staff_specification_form_view {
    struct form_page form;
    struct str heading, action, back_url, back_label;
    bool asks;  /* first step: asks for customer and period, and is sent by GET */
    bool fresh; /* the specification is new */
    struct str stamp, had;
    const struct staff_specification_row_view *rows;
    size_t row_count;
    bool more; /* there are more rows than can be shown */
};

struct staff_specification_view {
    const struct specification *specification;
    struct str customer_url, period, total, status, status_label;
    struct str url, stamp, refusal;
    const struct staff_specification_row_view *rows;
    size_t row_count;
    struct kept_decision *decisions;
    size_t decision_count;
    struct history history;
};
