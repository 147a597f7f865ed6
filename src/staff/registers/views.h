/* The data that the templates of this folder show. */
#pragma once

#include "forms/views.h"
#include "model/history.h"

struct belongs_row_view {
    struct str url, main, text;
    int64_t status; /* the state of a case, else -1 */
    struct str status_label;
};

/* One kind of rows that belong to a row: the newest or first of them, and links to the full list and to a new one. */
struct belongs_view {
    const char *id;
    struct str title;
    const struct belongs_row_view *rows;
    size_t count;
    struct str all_url, all_label, more_url, more_label, new_url,
        new_label; /* a link is empty when there is no such page */
};

struct register_form_view {
    struct form_page form;
    struct html mails; /* only for contacts: which mails they get */
    struct str title, name, list_url, list_label, action;
    const struct belongs_view *belongs;
    size_t belongs_count;
    struct history history; /* only of a stored row */
    bool has_login_part;    /* only for a stored customer or object */
    struct str login_name, login_set;
    struct field login;
    struct str new_case_url; /* only for a stored customer, object or contact, else empty */
    struct str tree_url;     /* only for a stored object, else empty */
    struct str personal_url; /* only for a stored contact and for administrators, else empty */
    struct str look_url;     /* shows the portal as this login sees it; empty: there is no login */
};

struct tree_step_view {
    struct str number, name, url;
};

struct tree_row_view {
    struct str number, name, url, customer, group;
    struct str inside_url; /* the objects inside it; empty: there are no such objects */
    int64_t inside;        /* how many objects are inside; counts at most INSIDE_MAX */
    bool inactive;
};

#define INSIDE_MAX 100

/* The tree page: the objects inside one object, or those that are in no object. */
struct object_tree_view {
    const struct tree_step_view *steps; /* outermost first; the last is the object that is shown */
    size_t step_count;
    const struct tree_row_view *rows;
    size_t row_count;
    struct str open_url; /* the page of the object that is shown; empty: no object is */
    struct str new_url, next_url, first_url;
};
