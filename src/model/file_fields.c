#include "model/file_fields.h"

static const struct entity_field FIELDS[] = {
    [FILE_PATH] = {FIELD("path", _("Path"), KEY, LINE_LIMIT), .required = true, .fixed = true},
    [FILE_NAME] = {FIELD("name", _("Name"), TEXT, 120), .required = true, .searched = true},
    [FILE_CATEGORY] = {FIELD_IN("category", "category_id", _("Category"), PICKLIST, KEY_LIMIT),
                       .list = "file_category"},
    [FILE_CUSTOMER] = {FIELD_IN("customer", "customer_id", _("Customer"), CUSTOMER, KEY_LIMIT), .fixed = true},
    [FILE_OBJECT] = {FIELD_IN("object", "object_id", _("Object"), OBJECT, KEY_LIMIT), .fixed = true},
    [FILE_CASE] = {FIELD_IN("case", "case_id", _("Case"), CASE, KEY_LIMIT), .fixed = true},
    [FILE_VISIBLE] = {FIELD("visible", _("Visible in the portal"), YES_NO, 3)},
};

const struct entity file_entity = ENTITY("file", "file", FIELDS);
