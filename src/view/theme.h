/* The installation's colour as a style sheet: shades of one colour that stay readable on light and on dark pages. */
#ifndef KP_VIEW_THEME_H
#define KP_VIEW_THEME_H

#include "base/arena.h"

/*
 * CSS custom properties derived from `#rrggbb`; a colour of another form gives the standard one. Every text reaches a
 * contrast of 4.5 (WCAG 2.2, 1.4.3): --kp-brand as text and border on the page, --kp-brand-fill as the ground of
 * buttons and --kp-brand-contrast on it, --kp-brand-hover for both states, --kp-brand-soft as the ground of what is
 * chosen.
 */
struct str theme_css(struct arena *arena, struct str colour);

#endif
