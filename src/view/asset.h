/* What tools/embed_assets.py makes besides asset_table: the plain names, in the same order. */
#ifndef KP_VIEW_ASSET_H
#define KP_VIEW_ASSET_H

#include "view/view.h"

extern const char *const asset_names[];

#endif
