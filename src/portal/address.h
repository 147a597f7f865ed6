/* Numbers of people in addresses: `/staff/customers/K-0001/login`. */
#ifndef KP_PORTAL_ADDRESS_H
#define KP_PORTAL_ADDRESS_H

#include "base/arena.h"

/* `FOLDER/NUMBER` and an ending such as `/edit`, or "". folder and ending are written as they are. */
struct str address_of(struct arena *arena, const char *folder, struct str number, const char *ending);
/* The number in a part of an address (visit->path_value), which is decoded once: what address_of wrote, read back. */
struct str address_number(struct arena *arena, struct str part);

#endif
