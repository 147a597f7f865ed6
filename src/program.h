/* The list of all features of this program. A new feature is a folder and a line in program.c. */
#ifndef KP_PROGRAM_H
#define KP_PROGRAM_H

#include "portal/visit.h"

struct feature_list feature_list(void);

#endif
