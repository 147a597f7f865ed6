/* The request handlers of this folder. */
#ifndef KP_STAFF_FIND_PAGES_H
#define KP_STAFF_FIND_PAGES_H

#include "portal/visit.h"

bool lookup_customers(struct visit *visit, struct err *err);
bool lookup_objects(struct visit *visit, struct err *err);
bool lookup_contacts(struct visit *visit, struct err *err);
bool lookup_articles(struct visit *visit, struct err *err);

#endif
