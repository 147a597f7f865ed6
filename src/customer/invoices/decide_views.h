/* The data for the templates of decisions. */
#pragma once

#include "customer/invoices/views.h"

struct decide_view {
    bool approve;
    struct str heading, number, title, customer, customer_name, summary, total;
    struct invoice_dates period;
    struct str url, action;
    struct str digest, shown;
    struct field your_reference, comment;
    const struct field *fields; /* for the summary of errors in the form */
    size_t field_count;
    bool changed; /* the specification was decided on before, with other rows */
};

/* The page that says why nothing was decided. */
struct undecided_view {
    const char *kind; /* the kind of the message */
    struct str title, text;
    struct str url, label; /* the link to continue with */
};
