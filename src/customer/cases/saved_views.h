/* The input of the template saved.html. */
#pragma once

#include "model/saved_search.h"
#include "view/template.h"

struct saved_item {
    struct saved_search search;
    struct str id, typed, fault;
};

struct saved_view {
    struct str search, wanted, fault; /* the search that is to be kept, its typed name, what is wrong with it */
    const struct saved_item *items;
    size_t count;
};
