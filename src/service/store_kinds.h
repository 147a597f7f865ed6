/* The accepted kinds of content. For store*.c only. */
#pragma once

#include "service/store.h"

/* Says whether the bytes include one that plain text does not have. */
bool store_has_control(const unsigned char *bytes, size_t n);
