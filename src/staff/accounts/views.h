/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct account_match_view {
    struct str name, number, url, why;
    bool active;
};

struct account_page_view {
    struct str email, path, state, reason, language, created, last_login, look_url;
    bool blocked, has_password, unlinked, several; /* several: more than one active contact has the address */
    struct str new_contact_url;
    struct field contact;
    const struct account_match_view *matches;
    size_t match_count;
};
