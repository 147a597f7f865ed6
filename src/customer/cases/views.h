/* The input of the templates in this folder. Texts are in the visit's language and not yet escaped. */
#pragma once

#include "view/view.h"

/* --- the page of one case ----------------------------------------------------------------------------------------- */

struct fact {
    struct str label, text;
    bool multiline;
    struct str href; /* `tel:` link of a phone number, or empty */
};

struct step {
    struct str label, time, machine;
    bool done, current;
};

struct work_order_view {
    struct str number, title, type, resource, booking, started, finished, status_label;
    int status;
};

struct contact_view {
    struct str name;
    bool primary;
};

struct attachment_view {
    struct str name, url, size, created;
    bool picture;
};

struct case_view {
    struct str number, title, description, status_label, created;
    int status;
    const struct fact *facts;
    size_t fact_count;
    const struct step *steps;
    size_t step_count;
    const struct work_order_view *work_orders;
    size_t work_order_count;
    const struct contact_view *contacts;
    size_t contact_count;
    const struct attachment_view *attachments;
    size_t attachment_count;
    struct str actions_url;
    struct str actions_summary; /* `4 rows`, or says that it has no rows yet */
    struct html thread;
    struct str messages; /* `2 messages`, empty: none */
};
