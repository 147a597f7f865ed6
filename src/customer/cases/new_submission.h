/*
 * Sending a form twice makes one case (domain 4). The key is who, which form and what was sent. With the random number
 * of a form of ours the same content is the same case for ever, and another content of the same form another case:
 * nothing is lost. Without it the same content of the same session is the same case for SAME_MINUTES.
 */
#ifndef KP_CUSTOMER_CASES_NEW_SUBMISSION_H
#define KP_CUSTOMER_CASES_NEW_SUBMISSION_H

#include "customer/cases/new_form.h"

#define SAME_MINUTES 10

struct str submission_key(struct visit *visit, const struct new_form *form);
/* The instant before which an equal key is another case; 0: never. */
int64_t submission_since(const struct visit *visit, const struct new_form *form);
/* Whether the form with this random number has made a case already. */
bool submission_was_sent(struct visit *visit, struct str submission, bool *sent, struct err *err)
    __attribute__((warn_unused_result));

#endif
