/* Where a new case is: objects of the login's newest cases as buttons, and what is known of the chosen object. */
#pragma once

#include "customer/cases/new_form.h"
#include "customer/cases/new_views.h"

/* Fills the buttons, and what is known of form->place. many: there are more objects than a glance finds. */
MUST_CHECK bool new_where_fill(struct visit *visit, const struct new_form *form, bool many, struct new_view *view,
                               struct err *err);
/*
 * Whether the sender is shown the open cases of the object before the case is made: without scripts the form is sent
 * before it showed them. Call it after new_form_link.
 */
MUST_CHECK bool new_where_asks(struct visit *visit, const struct new_form *form, bool *asks, struct err *err);
/* GET /cases/new/known?object=NUMBER: what is known of an object, for the page that shows the form. */
bool new_known_get(struct visit *visit, struct err *err);
