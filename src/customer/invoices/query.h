/* The SQL of the list: one page, the count, and all rows for an export. Every read goes through access/visibility.h. */
#ifndef KP_CUSTOMER_INVOICES_QUERY_H
#define KP_CUSTOMER_INVOICES_QUERY_H

#include "customer/invoices/criteria.h"
#include "model/specification.h"

struct invoice_row {
    struct specification head; /* without digest and rows; case_count and total as they stand */
    struct invoice_cursor place;
};

struct invoice_page {
    const struct invoice_row *rows;
    size_t count;
    bool has_previous, has_next;
};

/* The page that the criteria's cursor, sort and page size say. */
bool invoice_page_of(struct visit *visit, const struct invoice_criteria *criteria, struct invoice_page *page,
                     struct err *err) __attribute__((warn_unused_result));
/* How many match. */
bool invoice_count(struct visit *visit, const struct invoice_criteria *criteria, int64_t *total, struct err *err)
    __attribute__((warn_unused_result));
/* Calls each(context, row) for every match in sort order; rows live in an arena that is emptied now and then. */
bool invoice_each(struct visit *visit, const struct invoice_criteria *criteria,
                  bool (*each)(void *context, const struct invoice_row *row, struct err *err), void *context,
                  struct err *err) __attribute__((warn_unused_result));
/* The customers of the specifications one may see, by name; at most `cap`, *more tells that there are others. */
bool invoice_customers(struct visit *visit, size_t cap, struct option **options, size_t *count, bool *more,
                       struct err *err) __attribute__((warn_unused_result));

#endif
