/* Imports in the browser. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_imports_feature;
