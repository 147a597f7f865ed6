/* The objects that a login may see, as a list, as a tree, and one by one. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature objects_feature;
