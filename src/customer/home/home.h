/* The start page. See README.md in this folder. */
#ifndef KP_CUSTOMER_HOME_HOME_H
#define KP_CUSTOMER_HOME_HOME_H

#include "portal/visit.h"

extern const struct feature home_feature;

#endif
