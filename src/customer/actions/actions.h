/* "Se åtgärder" (see the actions): the article rows of a case that the actor may see. See README.md in this folder. */
#pragma once

#include "lists/list.h"

/* The case whose rows actions_list shows: the context of its query. */
struct actions_case {
    int64_t id;
    struct str number, title;
};
extern const struct list actions_list;

extern const struct feature actions_feature;
