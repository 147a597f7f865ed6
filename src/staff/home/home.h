/* The first page of the staff area: the inbox with work that waits. See README.md in this folder. */
#ifndef KP_STAFF_HOME_HOME_H
#define KP_STAFF_HOME_HOME_H

#include "portal/visit.h"

extern const struct feature staff_home_feature;

/* Fills the first list of the inbox: messages from customers that wait for an answer. */
struct inbox_list;
bool inbox_waiting_messages(struct visit *visit, struct inbox_list *list, struct err *err)
    __attribute__((warn_unused_result));

#endif
