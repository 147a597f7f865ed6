/* The first page of the staff area: what waits to be done. See README.md in this folder. */
#ifndef KP_STAFF_HOME_HOME_H
#define KP_STAFF_HOME_HOME_H

#include "portal/visit.h"

extern const struct feature staff_home_feature;

/* Its first list. */
struct inbox_list;
bool inbox_waiting_messages(struct visit *visit, struct inbox_list *list, struct err *err)
    __attribute__((warn_unused_result));

#endif
