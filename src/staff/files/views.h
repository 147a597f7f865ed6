/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct file_view {
    struct str name, url, show_url, edit_url; /* show_url is empty when browsers cannot show the content */
    struct str category, size, created;
    struct str kind, owner, owner_url; /* the file owner; owner_url leads to all files of the owner */
    bool visible;
};

struct file_table_view {
    const struct file_view *rows;
    size_t count;
    struct str next_url, first_url; /* next_url and first_url are empty when there is no such page */
};

struct file_list_view {
    struct str q, number;
    struct field kind, category, visible;
    struct str csv_url, xlsx_url;
    struct str clear_url; /* clears the criteria, also the remembered ones; empty: no criteria are set */
    struct file_table_view table;
};

struct file_owner_view {
    struct str title, back_url, back_label, action;
    struct str added;       /* says how many files were just added; empty: no files were */
    struct field fields[3]; /* files, category and visible, also for the summary of faults */
    int64_t max_bytes;
    struct file_table_view table;
};

struct file_form_view {
    struct file_view file;
    struct str action, version, remove_url;
    struct str older;       /* says what somebody else changed meanwhile; empty: nobody did */
    struct field fields[3]; /* name, category, visible */
};

struct file_remove_view {
    struct file_view file;
    struct str action, version, older;
};
