/* What the templates of this folder are given. */
#ifndef KP_FEATURES_STAFF_REGISTERS_VIEWS_H
#define KP_FEATURES_STAFF_REGISTERS_VIEWS_H

#include "view/view.h"

struct register_cell_view {
    struct str label, text, href;
};

struct register_line_view {
    const struct register_cell_view *cells;
    size_t cell_count;
    bool inactive;
};

struct register_list_view {
    struct str title, path, new_url, new_label, q;
    bool inactive; /* inactive ones too */
    const struct str *heads;
    size_t head_count;
    const struct register_line_view *rows;
    size_t row_count;
    struct str next_url, first_url, csv_url, xlsx_url;
    struct str tree_url; /* of objects; else empty */
};

struct register_input_view {
    enum { INPUT_TEXT, INPUT_AREA, INPUT_SELECT, INPUT_CHECK } kind;
    struct field field;
};

struct register_form_view {
    struct html mails; /* of contacts: which they are sent */
    struct str title, list_url, list_label, action;
    const struct register_input_view *inputs;
    const struct field *fields; /* the same, for the summary of faults */
    size_t count;
    struct str refusal;
    bool has_login_part; /* of a stored customer or object */
    struct str login_name, login_set, login_action, login_remove;
    struct field login;
    struct str cases_url, files_url; /* of a stored customer or object, else empty */
    struct str tree_url;             /* of a stored object, else empty */
    struct str personal_url;         /* of a stored contact, for administrators; else empty */
    struct str look_url;             /* to see the portal as its login; empty: it has none */
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
