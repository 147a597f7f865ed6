#include "view/asset.h"

const struct asset *asset_find(struct str path)
{
    for (size_t i = 0; i < asset_count; i++) {
        if (str_eqz(path, asset_table[i].path))
            return &asset_table[i];
    }
    return NULL;
}

struct str asset_url(const char *name)
{
    for (size_t i = 0; i < asset_count; i++) {
        if (str_eqz(str_of(name), asset_names[i]))
            return str_of(asset_table[i].path);
    }
    return STR_NONE;
}
