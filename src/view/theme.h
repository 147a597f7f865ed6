/* A style sheet with the colour of the installation: shades of it that stay readable on light and on dark pages. */
#pragma once

#include "base/arena.h"

/*
 * Returns CSS custom properties derived from `#rrggbb`; text in another form gives the standard colour. Every text
 * reaches a contrast of 4.5 (WCAG 2.2, 1.4.3): --kp-brand is for text and borders on the page, --kp-brand-fill for the
 * background of buttons, --kp-brand-contrast for text on it, --kp-brand-hover and --kp-brand-fill-hover for the state
 * under the pointer, --kp-brand-soft for the background of selected items.
 */
struct str theme_css(struct arena *arena, struct str colour);
