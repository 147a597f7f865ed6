/* The page of a new case. */
#pragma once

#include "customer/cases/new_form.h"

/*
 * Writes the page with the form as it is. draft_updated: when the draft was saved that filled the form; 0: there was no
 * draft.
 */
MUST_CHECK bool new_page_show(struct visit *visit, struct new_form *form, int64_t draft_updated, struct err *err);
