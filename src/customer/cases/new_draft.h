/* The draft of a new case (see model/draft.h). */
#pragma once

#include "customer/cases/new_form.h"
#include "model/draft.h"

/*
 * Keeps the form of this request with these files as the draft. Keeps nothing when the same form has already made a
 * case: a late request of the page would otherwise bring the draft back.
 */
MUST_CHECK bool draft_save(struct visit *visit, const struct new_form *form, struct err *err);

bool draft_post(struct visit *visit, struct err *err);         /* POST /cases/draft */
bool draft_discard_post(struct visit *visit, struct err *err); /* POST /cases/draft/discard */
