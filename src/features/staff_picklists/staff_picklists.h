/* The picklists: labels, order, and what is not chosen any more. See README.md in this folder. */
#ifndef KP_FEATURES_STAFF_PICKLISTS_STAFF_PICKLISTS_H
#define KP_FEATURES_STAFF_PICKLISTS_STAFF_PICKLISTS_H

#include "portal/visit.h"

extern const struct feature staff_picklists_feature;

#endif
