/* `/staff/help`: the page that explains the access keys. */
#ifndef KP_STAFF_HOME_HELP_H
#define KP_STAFF_HOME_HELP_H

#include "portal/visit.h"

bool help_page(struct visit *visit, struct err *err);

#endif
