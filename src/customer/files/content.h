/* Sends the content of one file. */
#ifndef KP_CUSTOMER_FILES_CONTENT_H
#define KP_CUSTOMER_FILES_CONTENT_H

#include "portal/visit.h"

/* `/files/KEY/NAME`: only the key says which file. NAME is for people, and browsers save the file under it. */
bool file_get(struct visit *visit, struct err *err) __attribute__((warn_unused_result));

#endif
