/* Imports in the browser. See README.md in this folder. */
#ifndef KP_FEATURES_STAFF_IMPORTS_STAFF_IMPORTS_H
#define KP_FEATURES_STAFF_IMPORTS_STAFF_IMPORTS_H

#include "portal/visit.h"

extern const struct feature staff_imports_feature;

#endif
