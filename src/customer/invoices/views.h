/* What the templates of the list and the page are given. Texts are in the visit's language and not yet escaped. */
#ifndef KP_CUSTOMER_INVOICES_VIEWS_H
#define KP_CUSTOMER_INVOICES_VIEWS_H

#include "view/view.h"

/* A state as a badge: code names the style, label is read. */
struct invoice_badge {
    const char *code;
    struct str label;
    struct str changed; /* of a second badge: the rows changed after they were decided on; empty: they did not */
};

/* Dates that a line does not break in: from – to, or other alone. */
struct invoice_dates {
    struct str from, to, other;
};

/* --- the list ----------------------------------------------------------------------------------------------------- */

struct invoice_heading {
    struct str label, sort_url;
    const char *aria_sort; /* ascending, descending, none */
    bool number;
};

struct invoice_item {
    struct str number, url, title, customer, cases, total;
    struct invoice_dates period;
    struct invoice_badge badge;
};

#define INVOICE_COLUMNS 7

struct invoice_list_view {
    const struct criterion *criteria;
    size_t criterion_count;
    bool further_used;          /* something behind "More choices" is chosen or must be mended */
    const struct field *fields; /* of the form, for the summary of what must be mended; a fault of a link has no name */
    size_t field_count;
    bool faulty; /* something in the form must be mended: no result is shown */
    bool narrowed, unanswerable;
    struct str summary; /* `12 invoice specifications` */
    struct invoice_heading headings[INVOICE_COLUMNS];
    const struct invoice_item *items;
    size_t item_count;
    struct pager pager;
    struct str csv_url, xlsx_url, sort;
};

/* --- the page of one ---------------------------------------------------------------------------------------------- */

struct invoice_row_view {
    struct str date, machine_date, title, description, article, quantity, unit_price, discount, total;
};

struct invoice_case_view {
    struct str number, url; /* url empty: a case the reader may not see */
    struct str title, object, total;
    const struct invoice_row_view *rows;
    size_t row_count;
};

struct invoice_decision_view {
    struct invoice_badge badge;
    struct str name, time, machine_time, total, your_reference, comment;
    bool other; /* what was decided on is not what stands now */
};

struct invoice_page_view {
    struct str portal_name, printed;
    struct str number, title, customer, customer_name, your_reference, total, summary;
    struct invoice_dates period;
    struct invoice_badge badge;
    struct str decided; /* `Anna Ek, 3 mars 2026 10.15`; empty: never */
    struct str comment;
    bool awaiting, may_reject;
    bool discounts; /* some row has one: there is a column for it */
    int64_t sum_span, column_count;
    struct str url;
    const struct invoice_case_view *cases;
    size_t case_count;
    const struct invoice_decision_view *decisions;
    size_t decision_count;
};

#endif
