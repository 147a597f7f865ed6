/* Imports in the browser. See README.md in this folder. */
#ifndef KP_BULK_IMPORTS_IMPORTS_H
#define KP_BULK_IMPORTS_IMPORTS_H

#include "portal/visit.h"

extern const struct feature staff_imports_feature;

#endif
