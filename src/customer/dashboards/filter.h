/*
 * The filters of a dashboard (domain 8, contract 3): read from the address, checked, written back to it, and added to
 * queries.
 */
#pragma once

#include "customer/dashboards/period.h"
#include "portal/visit.h"

/* Bits that say which filters a dashboard has, besides the period. */
enum filter_kind {
    FILTER_CUSTOMER = 1,
    FILTER_OBJECT = 2,
    FILTER_TYPE = 4,
    FILTER_WORK_ORDER_TYPE = 8,
    FILTER_ACTION_CODE = 16,
    FILTER_ARTICLE_TYPE = 32,
};

struct filter {
    unsigned kinds;
    struct period period;
    struct str customer, object;                   /* numbers */
    struct str type, work_order_type, action_code; /* keys of picklists */
    struct str article_type;                       /* code */
    const struct msgid *article_type_fault;        /* NULL when fine */
};

extern const char *const article_type_codes[5];
extern const struct msgid *const article_type_labels[5];

/* Reads the filters of `kinds` and ignores others. Returns false when one is wrong; the form says which. */
bool filter_read(struct visit *visit, unsigned kinds, struct filter *filter);
/* Returns whether a filter other than the period is set. */
bool filter_any(const struct filter *filter);
/* Appends ` AND …` for each filter that is set, on the aliases c (case), w (work order), r (article row). */
void filter_conditions(struct sql *sql, const struct filter *filter);
/*
 * Appends `from=…&to=…` and the other filters, for an address. The period is always part of it, so that a link means
 * the same tomorrow.
 */
void filter_params(struct buf *out, const struct filter *filter);
void filter_param(struct buf *out, const char *name, struct str value);

/* Builds the form. Also replaces a customer or object that was typed as text by its number. */
MUST_CHECK bool filter_form(struct visit *visit, struct filter *filter, struct criterion **criteria,
                            struct field **fields, size_t *count, struct err *err);
