/* "Se åtgärder" (see the actions): the article rows of a case that the actor may see. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature actions_feature;
