/* Data for the template of this folder. */
#pragma once

#include "service/config.h"
#include "view/template.h"
#include "view/view.h"

struct choice_view {
    struct str lead, action;
    struct field boxes[NOTICE_KINDS];
    size_t count;
    bool has_name; /* of staff: the name that customers see */
    struct field name;
};
