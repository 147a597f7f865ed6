/* Files of customers, objects and cases. See README.md in this folder. */
#ifndef KP_CUSTOMER_FILES_FILES_H
#define KP_CUSTOMER_FILES_FILES_H

#include "portal/visit.h"

extern const struct feature files_feature;

#endif
