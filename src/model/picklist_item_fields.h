/*
 * An item of a picklist. Its fields in the order of its form; a place in the table for each that code asks for by name.
 */
#ifndef KP_MODEL_PICKLIST_ITEM_FIELDS_H
#define KP_MODEL_PICKLIST_ITEM_FIELDS_H

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

#endif
