/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct hit_view {
    struct str url, number, text;
};

struct hits_view {
    struct str title, all_url; /* all_url: the full list, searched for the same words */
    const struct hit_view *hits;
    size_t count;
    bool leads; /* the first hit has the focus, so that Enter opens it */
};

struct find_view {
    struct str q;
    const struct hits_view *lists;
    size_t count;
    bool nothing;
};
