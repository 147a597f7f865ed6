/* The data that the templates of this folder show. */
#pragma once

#include "forms/views.h"

struct user_view {
    struct str email, state, second, last_login, path;
    bool oneself, blocked, has_second;
    struct field *role;
    struct str refusal;
    struct str link; /* a new one-time link, which is shown only once; else empty */
};
