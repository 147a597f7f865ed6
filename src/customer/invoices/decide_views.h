/* What the templates of decisions are given. */
#ifndef KP_CUSTOMER_INVOICES_DECIDE_VIEWS_H
#define KP_CUSTOMER_INVOICES_DECIDE_VIEWS_H

#include "customer/invoices/views.h"

struct decide_view {
    bool approve;
    struct str heading, number, title, customer, customer_name, summary, total;
    struct invoice_dates period;
    struct str url, action;
    struct str digest, shown;
    struct field your_reference, comment;
    const struct field *fields; /* for the summary of faults */
    size_t field_count;
    bool changed; /* decided before, on other rows */
};

/* Why nothing was decided. */
struct undecided_view {
    const char *kind; /* of the message */
    struct str title, text;
    struct str url, label; /* where to go on */
};

#endif
