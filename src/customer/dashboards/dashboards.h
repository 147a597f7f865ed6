/* The four dashboards. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature dashboards_feature;
