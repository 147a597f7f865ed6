/* Lets staff see the portal as one of its logins: read-only, with a reason, recorded in the audit. */
#ifndef KP_STAFF_VIEW_VIEW_H
#define KP_STAFF_VIEW_VIEW_H

#include "portal/visit.h"

extern const struct feature staff_view_feature;

#endif
