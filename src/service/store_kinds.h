/* The accepted kinds of content. For store*.c only. */
#ifndef KP_SERVICE_STORE_KINDS_H
#define KP_SERVICE_STORE_KINDS_H

#include "service/store.h"

/* Says whether the bytes include one that plain text does not have. */
bool store_has_control(const unsigned char *bytes, size_t n);

#endif
