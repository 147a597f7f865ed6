/* The input of the template in this folder. */
#pragma once

#include "portal/visit.h"
#include "view/template.h"

struct home_case {
    struct str number, title, object, created;
    struct str machine_created; /* ISO 8601 */
    struct str path;
    int status;
    struct str status_label;
    struct str
        written; /* says when staff wrote, if theirs is the newest message and this login has not seen it; or empty */
};

struct home_view {
    struct str greeting;
    struct str unlinked; /* why a contact login sees nothing, or empty */
    const struct home_case *cases;
    size_t case_count;
    bool may_report;
};
