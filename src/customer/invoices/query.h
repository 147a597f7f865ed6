/* The SQL of the list: one page, the count, and all rows for an export. All reads go through access/visibility.h. */
#pragma once

#include "customer/invoices/criteria.h"
#include "model/specification.h"

struct invoice_row {
    struct specification head; /* without digest and rows; case_count and total are as stored */
    struct invoice_cursor place;
};

struct invoice_page {
    const struct invoice_row *rows;
    size_t count;
    bool has_previous, has_next;
};

/* Reads the page that the cursor, sort order and page size of the criteria ask for. */
MUST_CHECK bool invoice_page_of(struct visit *visit, const struct invoice_criteria *criteria, struct invoice_page *page,
                                struct err *err);
/* Counts the specifications that match. */
MUST_CHECK bool invoice_count(struct visit *visit, const struct invoice_criteria *criteria, int64_t *total,
                              struct err *err);
/* Calls each(context, row) for every match, in sort order. A row is valid only during the call. */
MUST_CHECK bool invoice_each(struct visit *visit, const struct invoice_criteria *criteria,
                             bool (*each)(void *context, const struct invoice_row *row, struct err *err), void *context,
                             struct err *err);
/*
 * Reads the customers of the specifications that the actor may see, by name, at most `cap`; *more says that there are
 * others.
 */
MUST_CHECK bool invoice_customers(struct visit *visit, size_t cap, struct option **options, size_t *count, bool *more,
                                  struct err *err);
