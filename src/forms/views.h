/* Data for form.html. */
#pragma once

#include "view/view.h"

enum form_control { FORM_INPUT, FORM_AREA, FORM_SELECT, FORM_CHECK };

struct form_input {
    enum form_control control;
    struct field *field; /* one of the fields of the page */
};

struct form_change {
    struct str label, now;
    struct str before; /* or empty: not shown */
    struct str mine;   /* the user's own value if they typed another one, else empty */
};

struct form_page {
    struct form_input *inputs;
    struct field *fields;
    size_t *places; /* where each field is in the form */
    size_t count;
    struct str was;
    struct str refusal;          /* why nothing was saved, besides faults of fields; or empty */
    struct str changed_by;       /* who changed the row last, and when; or empty */
    struct form_change *changes; /* changes by others since the form was opened */
    size_t change_count;
};

/* Returns the field at this place of the form, or NULL if the page does not show it. */
struct field *form_page_field(const struct form_page *page, size_t at);
