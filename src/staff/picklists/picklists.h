/* The pages of the picklists: labels, order, and which items can still be chosen. See README.md in this folder. */
#ifndef KP_STAFF_PICKLISTS_PICKLISTS_H
#define KP_STAFF_PICKLISTS_PICKLISTS_H

#include "portal/visit.h"

extern const struct feature staff_picklists_feature;

#endif
