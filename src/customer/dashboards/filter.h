/*
 * What a dashboard is narrowed by (domain 8, contract 3): read from the address, checked, written back to it, and put
 * into queries.
 */
#ifndef KP_CUSTOMER_DASHBOARDS_FILTER_H
#define KP_CUSTOMER_DASHBOARDS_FILTER_H

#include "customer/dashboards/period.h"
#include "portal/visit.h"

/* Bits: which filters a dashboard has, beside the period. */
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
    const char *article_type_fault;                /* msgid, NULL when fine */
};

extern const char *const article_type_codes[5];
extern const char *const article_type_labels[5]; /* msgids */

/* Reads those of `kinds`; others are ignored. False when something is wrong: the form says what. */
bool filter_read(struct visit *visit, unsigned kinds, struct filter *filter);
/* Whether anything but the period narrows. */
bool filter_any(const struct filter *filter);
/* Appends ` AND …` on aliases c (case), w (work order), r (article row), as far as the filter has them. */
void filter_conditions(struct sql *sql, const struct filter *filter);
/*
 * Appends `from=…&to=…` and the rest, for an address; the period always stands in it, so that a link means the same
 * tomorrow.
 */
void filter_params(struct buf *out, const struct filter *filter);
void filter_param(struct buf *out, const char *name, struct str value);

/* The form. Also turns a customer or object that was typed into its number. */
bool filter_form(struct visit *visit, struct filter *filter, struct criterion **criteria, struct field **fields,
                 size_t *count, struct err *err) __attribute__((warn_unused_result));

#endif
