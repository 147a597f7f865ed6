/* The input of the templates in this folder. Texts are in the visit's language and not yet escaped. */
#pragma once

#include "model/case_find.h"
#include "view/view.h"

/* Another object: its name, and the address of its page. */
struct object_link {
    struct str number, name, url, address;
    int64_t inside; /* how many objects lie in it; counted up to OBJECTS_SHOWN + 1 */
    struct str inside_url;
};

struct object_way {
    struct object_link *items;
    size_t count;
};

struct object_branch {
    struct object_link *items;
    size_t count;
    bool more;
};

struct object_tree_page {
    struct object_way way;
    struct object_link here; /* the object whose inside is shown; without a number: the outermost ones are shown */
    struct object_branch branch;
    struct str next_url, first_url; /* empty: no such page */
};

struct object_file {
    struct str key, name, facts;
};

struct object_view {
    int64_t id;
    struct str number, name, address, group, customer;
    bool active;
    struct object_way way;
    struct object_branch inside;
    struct html open, done;                                    /* cards; empty: no cases */
    bool open_more, done_more;                                 /* there are others */
    struct str visit_when, visit_title, visit_path, visit_who; /* the next booked visit; when empty: not booked */
    struct str cost;                                           /* of twelve months; empty: not shown */
    struct object_file *files;
    size_t file_count;
    struct str files_url, cases_url, open_url, tree_url, report_url; /* empty: no such page */
};
