/* The data that the template of a case's page shows. */
#pragma once

#include "model/case_find.h"
#include "model/history.h"
#include "staff/work/views.h"

struct case_note {
    int64_t at;
    struct str who, body;
};

struct case_new_view {
    struct str submission;
    struct str customer_of; /* case_form.customer_of */
    struct form_page form;
};

struct staff_case_view {
    struct work_case work;
    struct case_record record;
    struct str missing; /* says what the case lacks to be visible in the portal; empty: it lacks nothing */
    struct contact_record *contacts;
    size_t contact_count;
    struct file_record *files;
    size_t file_count;
    const struct case_note *notes;
    size_t note_count;
    struct history history;
    bool settable; /* the state can be set by hand, because the case has no work orders that are not cancelled */
    const struct str *duplicates; /* the numbers of the cases that say the same */
    size_t duplicate_count;
    struct field note;
    struct html thread; /* the messages to and from the customer */
};
