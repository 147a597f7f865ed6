/* The pages where administrators change the portal's configuration. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_config_feature;
