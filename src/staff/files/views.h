/* The data that the templates of this folder show. */
#pragma once

#include "forms/views.h"

struct file_owner_view {
    const struct file_owner *owner;
    int64_t added;          /* number of files that were just added */
    struct field fields[3]; /* files, category and visible, also for the summary of faults */
    const struct store_rules *rules;
};

struct file_form_view {
    const struct file *file;
    struct form_page form;
};

struct file_remove_view {
    const struct file *file;
    struct str version, older;
};
