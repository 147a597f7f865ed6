/* The data for the templates of the list and the page. Texts are in the visit's language and not yet escaped. */
#pragma once

#include "view/view.h"

/* A state as a badge: `code` names the style, `label` is the text. */
struct invoice_badge {
    const char *code;
    struct str label;
    struct str changed; /* of a second badge, when the rows changed after the decision; else empty */
};

/* Dates that are not broken across lines: from – to, or other alone. */
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
    bool further_used; /* a field under "More choices" is filled or must be corrected */
    const struct field
        *fields; /* the fields of the form, for the summary of errors; an error in a link has no field name */
    size_t field_count;
    bool faulty; /* the form has an error: no result is shown */
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
    struct str number, url; /* url is empty for a case that the reader may not see */
    struct str title, object, total;
    const struct invoice_row_view *rows;
    size_t row_count;
};

struct invoice_decision_view {
    struct invoice_badge badge;
    struct str name, time, machine_time, total, your_reference, comment;
    bool other; /* the decision was on other rows than the present ones */
};

struct invoice_page_view {
    struct str portal_name, printed;
    struct str number, title, customer, customer_name, your_reference, total, summary;
    struct invoice_dates period;
    struct invoice_badge badge;
    struct str decided; /* who decided and when: `Anna Ek, 3 mars 2026 10.15`; empty: not decided */
    struct str comment;
    bool awaiting, may_reject;
    bool discounts; /* some row has a discount, so the table has a column for it */
    int64_t sum_span, column_count;
    struct str url;
    const struct invoice_case_view *cases;
    size_t case_count;
    const struct invoice_decision_view *decisions;
    size_t decision_count;
};
