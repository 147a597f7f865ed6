/* The list of all features of this program. A new feature is a folder and a line in program.c. */
#pragma once

#include "portal/visit.h"

struct feature_list feature_list(void);
