/* The features this program is made of. A new one is a folder and a line in features.c. */
#ifndef KP_FEATURES_FEATURES_H
#define KP_FEATURES_FEATURES_H

#include "portal/visit.h"

struct feature_list feature_list(void);

#endif
