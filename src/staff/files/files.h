/* The pages where staff keep the files of customers, objects and cases. See README.md in this folder. */
#ifndef KP_STAFF_FILES_FILES_H
#define KP_STAFF_FILES_FILES_H

#include "portal/visit.h"

extern const struct feature staff_files_feature;

#endif
