/*
 * Sending a form twice makes one case (domain 4). The key is made of the sender, the form and its content. When the
 * form has our random number, the same content always means the same case, and other content in the same form means
 * another case, so that nothing is lost. Without the number, the same content from the same session means the same case
 * for SAME_MINUTES.
 */
#pragma once

#include "customer/cases/new_form.h"

#define SAME_MINUTES 10

struct str submission_key(struct visit *visit, const struct new_form *form);
/* Returns the instant before which an equal key means another case; 0: never. */
int64_t submission_since(const struct visit *visit, const struct new_form *form);
/* Finds out whether the form with this random number has already made a case. */
MUST_CHECK bool submission_was_sent(struct visit *visit, struct str submission, bool *sent, struct err *err);
