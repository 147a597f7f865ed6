/* The pages of the picklists: labels, order, and which items can still be chosen. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_picklists_feature;
