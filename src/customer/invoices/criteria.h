/*
 * The search criteria of the list (query parameters of /invoices): read from the address, checked, and written back to
 * it.
 */
#pragma once

#include "portal/visit.h"

/* BY_WAITING is the default: specifications that wait for approval first, then the newest period. */
enum invoice_sort { BY_WAITING, BY_NUMBER, BY_TITLE, BY_CUSTOMER, BY_PERIOD, BY_CASES, BY_TOTAL, BY_STATUS };
#define INVOICE_SORTS 8
/* The names of the sort orders in addresses, by enum invoice_sort; BY_WAITING has none. */
extern const char *const invoice_sort_names[INVOICE_SORTS];

#define INVOICE_WORDS 12

/* A place in a sorted list: the two values that rows are sorted by, and the id that makes the place unique. */
struct invoice_cursor {
    bool set;
    bool backwards; /* true: the page ends before this place; false: it begins after it */
    int64_t value, id;
    struct str text;
};

struct invoice_criteria {
    struct str q, status, customer, from, to; /* as in the request; dates in the form of the database */
    enum invoice_sort sort;
    bool descending;
    int page_size;
    struct invoice_cursor after;
    struct str words[INVOICE_WORDS];
    size_t word_count;
    bool unanswerable; /* q has no letter or digit, so nothing matches */
    /* problems with fields: msgids, NULL when a field is right */
    const char *q_fault, *status_fault, *from_fault, *to_fault, *sort_fault, *page_size_fault, *after_fault;
};

/*
 * Reads the query parameters. Returns false when one is wrong: the faults say which, and the other criteria are filled.
 */
bool invoice_criteria_read(struct arena *arena, const struct http_params *query, struct invoice_criteria *criteria);
/* Returns whether any criterion narrows the list. */
bool invoice_criteria_any(const struct invoice_criteria *criteria);
/*
 * Returns `path?…` with these criteria. cursor: NULL for the first page. `whole` leaves out the paging parameters (for
 * exports).
 */
struct str invoice_criteria_url(struct arena *arena, const char *path, const struct invoice_criteria *criteria,
                                const struct invoice_cursor *cursor, bool whole);
