/* What the templates of this folder are given. */
#ifndef KP_STAFF_FILES_VIEWS_H
#define KP_STAFF_FILES_VIEWS_H

#include "view/view.h"

struct file_view {
    struct str name, url, show_url, edit_url; /* show_url empty: browsers do not show it */
    struct str category, size, created;
    struct str kind, owner, owner_url; /* what it belongs to; the address of all files of that */
    bool visible;
};

struct file_table_view {
    const struct file_view *rows;
    size_t count;
    struct str next_url, first_url; /* empty: none */
};

struct file_list_view {
    struct str q, number;
    struct field kind, category, visible;
    struct str csv_url, xlsx_url;
    struct str clear_url; /* everything again, and nothing remembered; empty: nothing is searched for */
    struct file_table_view table;
};

struct file_owner_view {
    struct str title, back_url, back_label, action;
    struct str added;       /* how many were added just now, empty: none */
    struct field fields[3]; /* files, category, visible; also for the summary of faults */
    int64_t max_bytes;
    struct file_table_view table;
};

struct file_form_view {
    struct file_view file;
    struct str action, version, remove_url;
    struct str older;       /* what somebody else made of it meanwhile, empty: nothing */
    struct field fields[3]; /* name, category, visible */
};

struct file_remove_view {
    struct file_view file;
    struct str action, version, older;
};

#endif
