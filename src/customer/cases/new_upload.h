/* Files on the way to a case: taken from a request, kept while their form is refused, known again by their keys. */
#ifndef KP_CUSTOMER_CASES_NEW_UPLOAD_H
#define KP_CUSTOMER_CASES_NEW_UPLOAD_H

#include "customer/cases/new_form.h"

/*
 * Puts the request's files into the store, and finds the kept ones that the form names. Files that cannot be taken (too
 * large, too many, of another kind) are told in form->attachments.error; the others stay.
 */
bool new_upload_gather(struct visit *visit, struct new_form *form, struct err *err) __attribute__((warn_unused_result));
/* Keeps the files that were sent now for form->owner, forgets the removed ones, and gives all of them keys. */
bool new_upload_keep(struct visit *visit, struct new_form *form, struct err *err) __attribute__((warn_unused_result));
/* The kept files that a form names, without taking new ones: for a draft. */
bool new_upload_find(struct visit *visit, struct new_form *form, struct err *err) __attribute__((warn_unused_result));

#endif
