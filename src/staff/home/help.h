/* `/staff/help`: what the keyboard does. */
#ifndef KP_STAFF_HOME_HELP_H
#define KP_STAFF_HOME_HELP_H

#include "portal/visit.h"

bool help_page(struct visit *visit, struct err *err);

#endif
