/* The kinds of content that are accepted, for the files of the store. */
#ifndef KP_SERVICE_STORE_KINDS_H
#define KP_SERVICE_STORE_KINDS_H

#include "service/store.h"

/* Whether there is a byte that plain text does not have. */
bool store_has_control(const unsigned char *bytes, size_t n);

#endif
