/* What form.html is given. */
#ifndef KP_FORMS_VIEWS_H
#define KP_FORMS_VIEWS_H

#include "view/view.h"

enum form_control { FORM_INPUT, FORM_AREA, FORM_SELECT, FORM_CHECK };

struct form_input {
    enum form_control control;
    struct field *field; /* one of the page's */
};

struct form_change {
    struct str label, now;
    struct str before; /* or empty: not told */
    struct str mine;   /* when it was typed otherwise, else empty */
};

struct form_page {
    struct form_input *inputs;
    struct field *fields;
    size_t *places; /* of the fields in the form */
    size_t count;
    struct str was;
    struct str refusal;                /* why nothing is saved, besides faults of fields; or empty */
    struct str changed_by;             /* who changed the row last, and when; or empty */
    const struct form_change *changes; /* by others, since the form was opened */
    size_t change_count;
};

/* The field at this place of the form; NULL when the page does not show it. */
struct field *form_page_field(const struct form_page *page, size_t at);

#endif
