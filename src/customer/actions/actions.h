/* "Se åtgärder" (see the actions): the article rows of a case that the actor may see. See README.md in this folder. */
#ifndef KP_CUSTOMER_ACTIONS_ACTIONS_H
#define KP_CUSTOMER_ACTIONS_ACTIONS_H

#include "portal/visit.h"

extern const struct feature actions_feature;

#endif
