/* Cases: searching, showing and creating them. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature cases_feature;
