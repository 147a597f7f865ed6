/* The draft of a new case, one of those of model/draft.h. */
#ifndef KP_CUSTOMER_CASES_NEW_DRAFT_H
#define KP_CUSTOMER_CASES_NEW_DRAFT_H

#include "customer/cases/new_form.h"
#include "model/draft.h"

/*
 * Keeps the form of this request with the given files. Not when the same form was sent and made a case already: then
 * the page that saves late would bring it back.
 */
bool draft_save(struct visit *visit, const struct new_form *form, struct err *err) __attribute__((warn_unused_result));

bool draft_post(struct visit *visit, struct err *err);         /* POST /cases/draft */
bool draft_discard_post(struct visit *visit, struct err *err); /* POST /cases/draft/discard */

#endif
