/* The start page. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature home_feature;
