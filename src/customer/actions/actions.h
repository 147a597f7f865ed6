/* "Se åtgärder" (see the actions): the article rows of a case that the actor may see. See README.md in this folder. */
#pragma once

#include "lists/list.h"

/* The case whose rows actions_list shows: the context of its query. */
struct actions_case {
    int64_t id;
    struct str number, title;
};
extern const struct list actions_list;

#define DONE_TEXTS 20
#define DONE_USED 6

/* What was done on a case, in short, as far as the settings show it. */
struct done {
    int64_t count; /* article rows that are not cancelled; 0: nothing is shown */
    struct str texts[DONE_TEXTS];
    size_t text_count;
    struct str used[DONE_USED]; /* material and the like: `Styrkort, 1 st` */
    size_t used_count;
    int64_t used_more; /* how many others there are */
    struct str sum;    /* empty: the actor sees no prices */
};
/* Reads it for a case that the actor sees. */
MUST_CHECK bool actions_done_load(struct visit *visit, int64_t case_id, struct done *done, struct err *err);

extern const struct feature actions_feature;
