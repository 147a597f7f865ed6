/* One field that finds a case, customer, object, contact or specification by number or name. */
#ifndef KP_FEATURES_STAFF_FIND_STAFF_FIND_H
#define KP_FEATURES_STAFF_FIND_STAFF_FIND_H

#include "portal/visit.h"

extern const struct feature staff_find_feature;

#endif
