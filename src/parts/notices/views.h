/* Data for the template of this folder. */
#pragma once

#include "view/template.h"
#include "view/view.h"

struct choice_view {
    struct str lead, action;
    struct field boxes[4];
    size_t count;
};
