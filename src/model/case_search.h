/* The SQL of the case list: one page, the count, and all rows for an export. Every read goes through access/visibility.h. */
#ifndef KP_MODEL_CASE_SEARCH_H
#define KP_MODEL_CASE_SEARCH_H

#include "model/case_columns.h"

struct case_page {
    const struct case_row *rows;
    size_t count;
    bool has_previous, has_next;
};

/* The page that the criteria's cursor, sort and page size say. */
bool search_page_of(struct visit *visit, const struct criteria *criteria, const struct case_column *columns,
                    size_t column_count, struct case_page *page, struct err *err) __attribute__((warn_unused_result));

/* How many cases match. */
bool search_count(struct visit *visit, const struct criteria *criteria, int64_t *total, struct err *err)
    __attribute__((warn_unused_result));

/* Calls each(context, row) for every match in sort order; rows live in an arena that is emptied now and then. */
bool search_each(struct visit *visit, const struct criteria *criteria, const struct case_column *columns,
                 size_t column_count, bool (*each)(void *context, const struct case_row *row, struct err *err),
                 void *context, struct err *err) __attribute__((warn_unused_result));

struct case_brief {
    int64_t id;
    struct str number, title;
    int status;
    struct str object;
    int64_t created;
};

/* The newest cases that are not finished, for the start page. At most `limit`. */
bool cases_newest_open(struct visit *visit, size_t limit, struct case_brief **cases, size_t *count, struct err *err)
    __attribute__((warn_unused_result));

#endif
