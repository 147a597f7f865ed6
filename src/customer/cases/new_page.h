/* The page of a new case. */
#ifndef KP_CUSTOMER_CASES_NEW_PAGE_H
#define KP_CUSTOMER_CASES_NEW_PAGE_H

#include "customer/cases/new_form.h"

/*
 * Writes the page with the form as it is. draft_updated: when the draft was saved that filled the form; 0: there was no
 * draft.
 */
bool new_page_show(struct visit *visit, struct new_form *form, int64_t draft_updated, struct err *err)
    __attribute__((warn_unused_result));

#endif
