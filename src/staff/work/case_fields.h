/* The fields of a case as staff change them: the standard ones, and behind them the configured extra fields. */
#ifndef KP_STAFF_WORK_CASE_FIELDS_H
#define KP_STAFF_WORK_CASE_FIELDS_H

#include "model/case_fields.h"
#include "staff/find/find.h"
#include "staff/work/internal.h"

struct case_form {
    struct form form;  /* the fields of the table, then the configured extra fields */
    int64_t *contacts; /* ids of CASE_CONTACTS and CASE_PRIMARY, each once */
    size_t contact_count;
    struct lookup_hit customer, object, primary; /* what the numbers stand for, id 0: none */
    bool inactive_contact;                       /* one of the contacts is inactive */
};

#define CASE_CONTACTS_MAX 50
/* Where the extra fields begin. */
#define CASE_EXTRAS (case_entity.count)

/* An empty form. */
void case_form_blank(struct visit *visit, struct case_form *form);

/* The form as the case stands. */
bool case_form_load(struct visit *visit, int64_t case_id, struct case_form *form, struct err *err)
    __attribute__((warn_unused_result));
/* Takes what was sent; faults stand in the form. */
bool case_form_read(struct visit *visit, struct case_form *form, struct err *err) __attribute__((warn_unused_result));
/* Finds customer, object and contacts by the numbers, or words, that stand in the form. Part of reading it. */
bool case_form_links(struct visit *visit, struct case_form *form, struct err *err) __attribute__((warn_unused_result));
/* What the numbers stand for, as hints of the fields. */
bool case_form_names(struct visit *visit, struct form_page *page, struct err *err) __attribute__((warn_unused_result));
/* Writes what differs, with its history. In work_edit_run. */
bool case_form_write(struct case_edit *edit, struct case_form *form, struct err *err)
    __attribute__((warn_unused_result));
#endif
