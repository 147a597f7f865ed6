#include "model/picklist_item_fields.h"

static const struct entity_field FIELDS[] = {
    [ITEM_LIST] = {FIELD("list", _("Picklist"), CHOICE, SHORT_LIMIT), .codes = &picklists, .required = true,
                   .fixed = true},
    [ITEM_KEY] = {FIELD("key", _("Key"), KEY, KEY_LIMIT), .required = true, .fixed = true},
    [ITEM_LABEL_SV] = {FIELD("label_sv", _("Swedish text"), TEXT, NAME_LIMIT), .required = true},
    [ITEM_LABEL_EN] = {FIELD("label_en", _("English text"), TEXT, NAME_LIMIT)},
    [ITEM_POSITION] = {FIELD("position", _("Position"), INTEGER, 4), .exported_as = "order"},
    [ITEM_ACTIVE] = {FIELD("active", _("Can be chosen"), YES_NO, 3)},
};

const struct entity picklist_item_entity = ENTITY("picklist item", "picklist_item", FIELDS);
