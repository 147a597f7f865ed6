/* Handlers for the files that pages load: style sheets, scripts, icons, theme and logo. */
#pragma once

#include "portal/portal.h"

bool asset_page(struct visit *visit, struct err *err);
bool favicon_page(struct visit *visit, struct err *err);
bool theme_page(struct visit *visit, struct err *err);
/* The web manifest and its icon, made from name and colour of the settings: the portal can be installed. */
bool manifest_page(struct visit *visit, struct err *err);
bool app_icon_page(struct visit *visit, struct err *err);
bool app_icon_picture(struct visit *visit, struct err *err);
bool logo_page(struct visit *visit, struct err *err);
