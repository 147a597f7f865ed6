/* The fields of a case that staff can change: the standard fields, followed by the configured extra fields. */
#pragma once

#include "model/case_fields.h"
#include "staff/find/find.h"
#include "staff/work/internal.h"

struct case_form {
    struct form form;  /* the standard fields, then the extra fields */
    int64_t *contacts; /* the ids of all contacts in CASE_CONTACTS and CASE_PRIMARY, each once */
    size_t contact_count;
    struct lookup_hit customer, object, primary; /* the rows with these numbers; id 0: no row */
    bool inactive_contact;                       /* one of the contacts is inactive */
    struct str customer_of; /* the object whose customer the form has shown; the form carries its number */
};

#define CASE_CONTACTS_MAX 50
/* The index of the first extra field. */
#define CASE_EXTRAS (case_entity.count)

/* Makes an empty form. */
void case_form_blank(struct visit *visit, struct case_form *form);

/* Fills the form with the stored values of the case. */
MUST_CHECK bool case_form_load(struct visit *visit, int64_t case_id, struct case_form *form, struct err *err);
/* Reads and checks the sent form. Faults go into the form. */
MUST_CHECK bool case_form_read(struct visit *visit, struct case_form *form, struct err *err);
/* Finds the customer, object and contacts by the numbers or words in the form. case_form_read calls it. */
MUST_CHECK bool case_form_links(struct visit *visit, struct case_form *form, struct err *err);
/* Fills in the customer of the object or contact, unless the form has a customer or the found one is inactive. */
void case_form_take_customer(struct case_form *form, const struct lookup_hit *of);
/* Fills in the customer of the object in the same way, and notes that the form shows it. */
void case_form_propose_customer(struct case_form *form);
/* Writes the names of the customer, object and contacts into the hints of their fields. */
MUST_CHECK bool case_form_names(struct visit *visit, struct form_page *page, struct err *err);
/* Writes the changed fields and their history. Called inside work_edit_run. */
MUST_CHECK bool case_form_write(struct case_edit *edit, struct case_form *form, struct err *err);
