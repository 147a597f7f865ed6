/* The data that the templates of this folder show. */
#pragma once

#include "forms/views.h"

/* The fields of an item in its form. */
enum { ITEM_INPUT_SV, ITEM_INPUT_EN, ITEM_INPUT_POSITION, ITEM_INPUT_ACTIVE, ITEM_INPUTS };

struct item_view {
    struct str key, was_name;
    bool active;
    struct form_page form; /* the labels of its fields begin with the key, for screen readers */
};

struct picklist_view {
    struct str title, path;
    struct form_page head; /* the fields of all items with their faults, and what others changed */
    struct item_view *items;
    size_t count;
    struct form_page fresh; /* the form of a new item */
};

struct picklist_link_view {
    struct str title, url, count;
};

struct picklists_view {
    const struct picklist_link_view *lists;
    size_t count;
};
