/* The icon of the portal as an app, as PNG, which some systems need: the first letter of its name on its colour. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* Squares of 180, 192 and 512 pixels a side. */
enum app_icon_size { APP_ICON_180, APP_ICON_192, APP_ICON_512, APP_ICON_SIZES };

/*
 * Appends the picture to *png. It is drawn once for each process. The letter lies in the middle, because a system may
 * cut off the rest. `colour` is `#rrggbb`. Without any font the icon has no letter.
 */
MUST_CHECK bool app_icon_draw(struct str colour, struct str letter, enum app_icon_size size, struct buf *png,
                              struct err *err);
