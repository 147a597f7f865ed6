/* Files of customers, objects and cases. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature files_feature;
