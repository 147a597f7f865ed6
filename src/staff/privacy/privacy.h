/* What is kept of a person: told as a file, and taken out. For administrators. */
#ifndef KP_STAFF_PRIVACY_PRIVACY_H
#define KP_STAFF_PRIVACY_PRIVACY_H

#include "portal/visit.h"

extern const struct feature staff_privacy_feature;

#endif
