/* The plain names of the assets, in the order of asset_table; tools/embed_assets.py makes both. */
#ifndef KP_VIEW_ASSET_H
#define KP_VIEW_ASSET_H

#include "view/view.h"

extern const char *const asset_names[];

#endif
