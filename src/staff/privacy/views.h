/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct privacy_view {
    struct str number, name;
    struct str contact_url, file_url, erase_url;
    struct str accounts, cases, decisions; /* numbers, as text */
    bool erased;
    struct field confirmation;
};
