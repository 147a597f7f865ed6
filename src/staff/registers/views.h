/* What the templates of this folder are given. */
#ifndef KP_STAFF_REGISTERS_VIEWS_H
#define KP_STAFF_REGISTERS_VIEWS_H

#include "forms/views.h"

struct belongs_row_view {
    struct str url, main, text;
    int64_t status; /* of a case, else -1 */
    struct str status_label;
};

/* One kind of thing that belongs to a row: the newest or first of them, and where to find and make more. */
struct belongs_view {
    const char *id;
    struct str title;
    const struct belongs_row_view *rows;
    size_t count;
    struct str all_url, all_label, more_url, more_label, new_url, new_label; /* empty: none */
};

struct register_form_view {
    struct form_page form;
    struct html mails; /* of contacts: which they are sent */
    struct str title, name, list_url, list_label, action;
    const struct belongs_view *belongs;
    size_t belongs_count;
    bool has_login_part; /* of a stored customer or object */
    struct str login_name, login_set, login_action, login_remove;
    struct field login;
    struct str new_case_url; /* of a stored customer, object or contact; else empty */
    struct str tree_url;     /* of a stored object, else empty */
    struct str personal_url; /* of a stored contact, for administrators; else empty */
    struct str look_url;     /* to see the portal as its login; empty: it has none */
};

struct tree_step_view {
    struct str number, name, url;
};

struct tree_row_view {
    struct str number, name, url, customer, group;
    struct str inside_url; /* what lies in it; empty: nothing */
    int64_t inside;        /* at most INSIDE_MAX are counted */
    bool inactive;
};

#define INSIDE_MAX 100

/* Of the objects in one, or of those that lie in none. */
struct object_tree_view {
    const struct tree_step_view *steps; /* outermost first; the last is the one shown */
    size_t step_count;
    const struct tree_row_view *rows;
    size_t row_count;
    struct str open_url; /* the page of the one shown; empty: none is */
    struct str new_url, next_url, first_url;
};

#endif
