/* The data that the templates of this folder show. */
#ifndef KP_STAFF_VIEW_VIEWS_H
#define KP_STAFF_VIEW_VIEWS_H

#include "view/view.h"

enum { VIEW_LOGIN, VIEW_REASON, VIEW_FIELDS };

struct view_as_view {
    struct field fields[VIEW_FIELDS];
};

#endif
