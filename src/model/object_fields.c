#include "model/object_fields.h"

static const struct entity_field FIELDS[] = {
    [OBJECT_NUMBER] = {FIELD("number", _("Number"), KEY, KEY_LIMIT), .required = true, .fixed = true, .searched = true},
    [OBJECT_NAME] = {FIELD("name", _("Name"), TEXT, NAME_LIMIT), .required = true, .searched = true},
    [OBJECT_CUSTOMER] = {FIELD_IN("customer", "customer_id", _("Customer"), CUSTOMER, KEY_LIMIT)},
    [OBJECT_PARENT] = {FIELD_IN("parent", "parent_id", _("Lies in object"), OBJECT, KEY_LIMIT)},
    [OBJECT_GROUP] = {FIELD_IN("group", "group_id", _("Group"), PICKLIST, KEY_LIMIT), .list = "object_group"},
    [OBJECT_STREET] = {FIELD("street", _("Street"), TEXT, NAME_LIMIT), .searched = true},
    [OBJECT_POSTAL_CODE] = {FIELD("postal_code", _("Postal code"), POSTAL_CODE, SHORT_LIMIT)},
    [OBJECT_CITY] = {FIELD("city", _("City"), TEXT, NAME_LIMIT), .searched = true},
    [OBJECT_ACTIVE] = {FIELD("active", _("Active"), YES_NO, 3), .exported_as = "status"},
    [OBJECT_LOGIN] = {FIELD_APART("login", _("User name/password"), LOGIN, LINE_LIMIT), .fixed = true,
                      .sensitive = true},
};

const struct entity object_entity = ENTITY("object", "object", FIELDS);
