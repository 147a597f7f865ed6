/* The data that the templates of this folder show. */
#ifndef KP_STAFF_PRIVACY_VIEWS_H
#define KP_STAFF_PRIVACY_VIEWS_H

#include "view/view.h"

struct privacy_view {
    struct str number, name;
    struct str contact_url, file_url, erase_url;
    struct str accounts, cases, decisions; /* numbers, as text */
    bool erased;
    struct field confirmation;
};

#endif
