/* What the templates of this folder are given. */
#ifndef KP_STAFF_USERS_VIEWS_H
#define KP_STAFF_USERS_VIEWS_H

#include "view/view.h"

struct user_row_view {
    struct str email, role, state, second, last_login, url;
    bool blocked;
};

struct users_view {
    const struct user_row_view *rows;
    size_t row_count;
    struct field email, role;
};

struct user_view {
    struct user_row_view user;
    struct str path;
    bool oneself, has_second;
    struct field role;
    struct str refusal;
    struct str link; /* just made, shown once; empty: none */
};

struct audit_row_view {
    struct str at, machine, who, subject, detail, client;
    struct str event, action; /* in words, and its code name */
};

struct audit_view {
    const struct criterion *criteria;
    const struct field *fields;
    size_t criterion_count;
    bool faulty;
    const struct audit_row_view *rows;
    size_t row_count;
    struct str summary, csv_url, xlsx_url;
    struct pager pager;
};

#endif
