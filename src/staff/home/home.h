/* The first page of the staff area: the inbox with work that waits. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_home_feature;

/* Fills the first list of the inbox: messages from customers that wait for an answer. */
struct inbox_list;
MUST_CHECK bool inbox_waiting_messages(struct visit *visit, struct inbox_list *list, struct err *err);
