/* Data for the template of this folder. */
#ifndef KP_PARTS_NOTICES_VIEWS_H
#define KP_PARTS_NOTICES_VIEWS_H

#include "view/template.h"
#include "view/view.h"

struct choice_view {
    struct str lead, action;
    struct field boxes[4];
    size_t count;
};

#endif
