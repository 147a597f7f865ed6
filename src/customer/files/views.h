/* The data for the templates of this folder. Texts are in the visit's language and not yet escaped. */
#pragma once

#include "view/view.h"

struct file_heading {
    struct str label;
    struct str sort_url;   /* empty: not sortable */
    const char *aria_sort; /* ascending, descending, none; NULL when not sortable */
    bool number;
};

struct file_item {
    struct str key, name, url, show_url; /* show_url is empty when the file can only be downloaded */
    struct str category, type, size, created, machine;
    /* such as `Customer`; its name; the page of a case, or empty; the objects above an object */
    struct str kind, owner, owner_url, place;
};

struct files_view {
    const struct criterion *criteria;
    size_t criterion_count;
    bool further_used;          /* a field under "More choices" is filled or must be corrected */
    bool faulty;                /* the form has an error: no result is shown */
    const struct field *fields; /* the fields of the form, for the summary of errors */
    size_t field_count;
    bool narrowed;      /* some criterion narrows the list */
    bool never;         /* a login without a contact, which never sees a file */
    struct str summary; /* `12 files, 3.4 MB` */
    const struct file_heading *headings;
    size_t heading_count;
    const struct file_item *items;
    size_t item_count;
    struct pager pager;
    struct str csv_url, xlsx_url, sort;
    struct str zip_all_url; /* empty: too many files for one archive */
    struct str zip_note;    /* says how many files one archive can hold */
    const struct option *page_sizes;
    size_t page_size_count;
};
