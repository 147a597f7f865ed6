/* The plain names of the assets, in the order of asset_table; tools/embed_assets.py makes both. */
#pragma once

#include "view/view.h"

extern const char *const asset_names[];
