/*
 * The fields of an item of a picklist, in the order of the form. Each enum value is the position of its field in
 * picklist_item_entity.fields.
 */
#pragma once

#include "model/field.h"

enum picklist_item_field {
    ITEM_LIST,
    ITEM_KEY,
    ITEM_LABEL_SV,
    ITEM_LABEL_EN,
    ITEM_POSITION,
    ITEM_ACTIVE,
};

extern const struct entity picklist_item_entity;
