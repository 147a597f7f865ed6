/* Drawn pictures that stand for photos. */
#ifndef KP_BULK_DEMO_PICTURE_H
#define KP_BULK_DEMO_PICTURE_H

#include "base/arena.h"

/* Returns a PNG file: a door in a wall with a lamp, in colours that depend on `nth`. */
struct str picture_png(struct arena *arena, unsigned nth);
/* Returns a PNG file: the plan of a floor. */
struct str drawing_png(struct arena *arena, unsigned nth);

#endif
