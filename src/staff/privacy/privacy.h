/* The pages where administrators download or erase the data that is kept about a person. */
#ifndef KP_STAFF_PRIVACY_PRIVACY_H
#define KP_STAFF_PRIVACY_PRIVACY_H

#include "portal/visit.h"

extern const struct feature staff_privacy_feature;

#endif
