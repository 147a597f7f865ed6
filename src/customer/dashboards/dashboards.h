/* The four dashboards. See README.md in this folder. */
#ifndef KP_CUSTOMER_DASHBOARDS_DASHBOARDS_H
#define KP_CUSTOMER_DASHBOARDS_DASHBOARDS_H

#include "portal/visit.h"

extern const struct feature dashboards_feature;

#endif
