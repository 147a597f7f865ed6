/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct user_row_view {
    struct str email, state, second, last_login, url;
    bool blocked;
};

struct user_view {
    struct user_row_view user;
    struct str path;
    bool oneself, has_second;
    struct field role;
    struct str refusal;
    struct str link; /* a new one-time link, which is shown only once; else empty */
};
