/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

enum { VIEW_LOGIN, VIEW_REASON, VIEW_FIELDS };

struct view_as_view {
    struct field fields[VIEW_FIELDS];
};
