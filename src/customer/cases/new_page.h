/* The page of a new case. */
#ifndef KP_CUSTOMER_CASES_NEW_PAGE_H
#define KP_CUSTOMER_CASES_NEW_PAGE_H

#include "customer/cases/new_form.h"

/* Writes the form as it is; draft_updated: it was loaded from a draft of that instant, 0: not. */
bool new_page_show(struct visit *visit, struct new_form *form, int64_t draft_updated, struct err *err)
    __attribute__((warn_unused_result));

#endif
