/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

enum { ITEM_SV, ITEM_EN, ITEM_POSITION, ITEM_FIELDS };

struct item_view {
    struct str key;
    struct str names[ITEM_FIELDS], values[ITEM_FIELDS],
        labels[ITEM_FIELDS]; /* of the inputs; labels are for screen readers */
    struct str faults[ITEM_FIELDS];
    struct str active_name, active_label;
    struct str was_name, was; /* a digest of the item when the form was made */
    bool active;
};

struct picklist_view {
    struct str title, path;
    const struct item_view *items;
    size_t count;
    struct field fresh[3];      /* key, label_sv and label_en of a new item */
    const struct field *fields; /* all fields that may have faults, for the summary */
    size_t field_count;
};

struct picklist_link_view {
    struct str title, url, count;
};

struct picklists_view {
    const struct picklist_link_view *lists;
    size_t count;
};
