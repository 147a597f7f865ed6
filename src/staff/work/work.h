/* The pages where staff keep cases with their work orders and article rows. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_work_feature;
