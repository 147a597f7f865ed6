/* The page of one case. Texts are in the visit's language and not yet escaped. */
#pragma once

#include "model/case_find.h"

struct step {
    const struct msgid *label;
    struct str time, machine;
    bool done, current;
};
#define CASE_STEPS 4

struct case_view {
    struct case_record record;
    struct str path; /* address of this page */
    struct step steps[CASE_STEPS];
    struct work_order_record *work_orders;
    size_t work_order_count;
    struct contact_record *contacts;
    size_t contact_count;
    struct file_record *files;
    size_t file_count;
    bool shows_actions;
    struct str actions_summary; /* `4 rows`, or says that the case has no rows yet */
    struct html thread;
    struct str messages; /* `2 messages`, empty: none */
};
