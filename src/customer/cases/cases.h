/* Cases: searching, showing and creating them. See README.md in this folder. */
#ifndef KP_CUSTOMER_CASES_CASES_H
#define KP_CUSTOMER_CASES_CASES_H

#include "portal/visit.h"

extern const struct feature cases_feature;

#endif
