/* The data that the template of a case's page shows. */
#pragma once

#include "staff/work/views.h"

struct case_link_view {
    struct str label, text, url; /* url empty: no link */
};

struct case_contact_view {
    struct str name, url;
    bool primary, active;
};

struct case_file_view {
    struct str name, size, created, url, toggle_url;
    bool visible;
};

struct case_note_view {
    struct str at, machine, who, body;
};

/* A line of the case's history. */
struct work_change_view {
    struct str at, who, field, before, after;
};

struct case_new_view {
    struct str submission;
    struct form_page form;
};

struct staff_case_view {
    struct str number, title, status_label;
    int64_t status;
    struct str missing; /* says what the case lacks to be visible in the portal; empty: it lacks nothing */
    struct str url, description;
    const struct case_link_view *facts;
    size_t fact_count;
    const struct case_contact_view *contacts;
    size_t contact_count;
    const struct case_file_view *files;
    size_t file_count;
    const struct case_note_view *notes;
    size_t note_count;
    const struct work_change_view *changes; /* the newest first */
    size_t change_count;
    bool settable; /* the state can be set by hand, because the case has no work orders */
    struct str version;
    struct field note;
    struct html thread; /* the messages to and from the customer */
};
