/* Drawn pictures that stand for photos. */
#pragma once

#include "base/arena.h"

/* Returns a PNG file: a door in a wall with a lamp, in colours that depend on `nth`. */
struct str picture_png(struct arena *arena, unsigned nth);
/* Returns a PNG file: the plan of a floor. */
struct str drawing_png(struct arena *arena, unsigned nth);
