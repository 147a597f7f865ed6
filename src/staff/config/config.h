/* The pages where administrators change the portal's configuration. See README.md in this folder. */
#ifndef KP_STAFF_CONFIG_CONFIG_H
#define KP_STAFF_CONFIG_CONFIG_H

#include "portal/visit.h"

extern const struct feature staff_config_feature;

#endif
