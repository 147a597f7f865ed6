/* The fields of a case as staff change them: the standard ones, and behind them the configured extra fields. */
#ifndef KP_STAFF_WORK_CASE_FIELDS_H
#define KP_STAFF_WORK_CASE_FIELDS_H

#include "staff/find/find.h"
#include "staff/work/internal.h"

enum case_field {
    CASE_TITLE,
    CASE_DESCRIPTION,
    CASE_TYPE,
    CASE_PRIORITY,
    CASE_CUSTOMER, /* number */
    CASE_OBJECT,   /* number */
    CASE_PRIMARY,  /* number of a contact */
    CASE_CONTACTS, /* numbers, one a line; the primary contact is one of them */
    CASE_REFERENCE,
    CASE_REPORTER,
    CASE_PHONE,
    CASE_STREET,
    CASE_POSTAL_CODE,
    CASE_CITY,
    CASE_FIELDS
};

struct case_form {
    struct work_form form;
    int64_t *contacts; /* ids of CASE_CONTACTS and CASE_PRIMARY, each once */
    size_t contact_count;
    struct lookup_hit customer, object, primary; /* what the numbers stand for, id 0: none */
    bool inactive_contact;                       /* one of the contacts is inactive */
};

#define CASE_CONTACTS_MAX 50

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
bool case_form_names(struct visit *visit, struct work_form_view *view, struct err *err)
    __attribute__((warn_unused_result));
/* Writes what differs, with its history. In work_edit_run. */
bool case_form_write(struct case_edit *edit, const struct case_form *before, const struct case_form *after,
                     struct err *err) __attribute__((warn_unused_result));
/*
 * What each field held when the form was made, as digests that the form carries; and taking over what others changed meanwhile in fields
 * that were not touched, so that saving again undoes nothing of theirs.
 */
struct str case_form_was(struct arena *arena, const struct case_form *form);
void case_form_merge(struct arena *arena, struct case_form *mine, const struct case_form *fresh, struct str was);
/* Choices of the selects of extra fields, for the page. */
void case_form_choices(struct visit *visit, const struct case_form *form, struct work_form_view *view);

#endif
