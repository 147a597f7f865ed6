/* Files for a new case: taken from a request, kept while their form is refused, and named by their keys. */
#pragma once

#include "customer/cases/new_form.h"

/*
 * Puts the files of the request into the store, and finds the kept files that the form names. form->file_fault
 * says which files cannot be taken (too large, too many, of another kind); the other files stay.
 */
MUST_CHECK bool new_upload_gather(struct visit *visit, struct new_form *form, struct err *err);
/* Keeps the files that were sent now for form->owner, deletes the removed ones, and gives each file a key. */
MUST_CHECK bool new_upload_keep(struct visit *visit, struct new_form *form, struct err *err);
/* Finds the kept files that a form names, without taking new ones. For drafts. */
MUST_CHECK bool new_upload_find(struct visit *visit, struct new_form *form, struct err *err);
