/* Data for staff_draft.html. */
#pragma once

#include "view/view.h"

struct staff_draft_view {
    struct str text;
    struct str again_url; /* the page with the draft in its forms; empty: they have it already */
};
