/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct inbox_row {
    struct str main, url; /* url empty: no link */
    struct str text;
    struct str badge; /* says what the case lacks; empty: it lacks nothing */
    struct str at, machine;
    struct str act_url, act_label; /* a link to handle the row; empty: there is no link */
};

struct inbox_list {
    const char *id;
    struct str title, lead;
    struct str summary; /* `12` or `more than 100` */
    const struct inbox_row *rows;
    size_t count;
    struct str all_url, all_label; /* empty when there is no such list */
};

struct inbox_view {
    const struct inbox_list *lists;
    size_t count;
    bool empty;
};

struct help_key_view {
    struct str key, label;
    const char *path;
};

struct help_view {
    const struct help_key_view *keys;
    size_t count;
};
