/* What is searched for (query parameters of /invoices): read from the address, checked, and written back to it. */
#ifndef KP_CUSTOMER_INVOICES_CRITERIA_H
#define KP_CUSTOMER_INVOICES_CRITERIA_H

#include "portal/visit.h"

/* BY_WAITING is the standard: those that wait for approval first, then the newest period. */
enum invoice_sort { BY_WAITING, BY_NUMBER, BY_TITLE, BY_CUSTOMER, BY_PERIOD, BY_CASES, BY_TOTAL, BY_STATUS };
#define INVOICE_SORTS 8
/* Their names in addresses, by enum invoice_sort; BY_WAITING has none. */
extern const char *const invoice_sort_names[INVOICE_SORTS];

#define INVOICE_WORDS 12

/* A place in a sorted list: the two values a row is sorted by, and what makes it unique. */
struct invoice_cursor {
    bool set;
    bool backwards; /* the page that ends before this place */
    int64_t value, id;
    struct str text;
};

struct invoice_criteria {
    struct str q, status, customer, from, to; /* as asked; dates are written as the database has them */
    enum invoice_sort sort;
    bool descending;
    int page_size;
    struct invoice_cursor after;
    struct str words[INVOICE_WORDS];
    size_t word_count;
    bool unanswerable; /* q has no letter or digit: nothing is found */
    /* what is wrong with a field: msgids, NULL when fine */
    const char *q_fault, *status_fault, *from_fault, *to_fault, *sort_fault, *page_size_fault, *after_fault;
};

/* Reads the query parameters. False when something is wrong: the faults say what, and the rest is filled. */
bool invoice_criteria_read(struct arena *arena, const struct http_params *query, struct invoice_criteria *criteria);
/* Whether anything narrows the list. */
bool invoice_criteria_any(const struct invoice_criteria *criteria);
/*
 * `path?…` with these criteria. cursor: NULL for the first page. Paging parameters are left out when `whole` (exports).
 */
struct str invoice_criteria_url(struct arena *arena, const char *path, const struct invoice_criteria *criteria,
                                const struct invoice_cursor *cursor, bool whole);

#endif
