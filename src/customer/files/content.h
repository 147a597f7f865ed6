/* The content of one file. */
#ifndef KP_CUSTOMER_FILES_CONTENT_H
#define KP_CUSTOMER_FILES_CONTENT_H

#include "portal/visit.h"

/* `/files/KEY/NAME`: the key alone says which file; NAME is there for people and for what browsers save under. */
bool file_get(struct visit *visit, struct err *err) __attribute__((warn_unused_result));

#endif
