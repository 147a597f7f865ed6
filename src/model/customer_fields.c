#include "model/customer_fields.h"

static const struct entity_field FIELDS[] = {
    [CUSTOMER_NUMBER] = {FIELD("number", _("Number"), KEY, KEY_LIMIT), .required = true, .fixed = true,
                         .searched = true},
    [CUSTOMER_NAME] = {FIELD("name", _("Name"), TEXT, NAME_LIMIT), .required = true, .searched = true},
    [CUSTOMER_EMAIL] = {FIELD("email", _("E-mail address"), EMAIL, NAME_LIMIT), .searched = true},
    [CUSTOMER_PHONE] = {FIELD("phone", _("Phone"), PHONE, SHORT_LIMIT), .searched = true},
    [CUSTOMER_STREET] = {FIELD("street", _("Street"), TEXT, NAME_LIMIT), .searched = true},
    [CUSTOMER_POSTAL_CODE] = {FIELD("postal_code", _("Postal code"), POSTAL_CODE, SHORT_LIMIT)},
    [CUSTOMER_CITY] = {FIELD("city", _("City"), TEXT, NAME_LIMIT), .searched = true},
    [CUSTOMER_ACTIVE] = {FIELD("active", _("Active"), YES_NO, 3), .exported_as = "status"},
    [CUSTOMER_LOGIN] = {FIELD_APART("login", _("User name/password"), LOGIN, LINE_LIMIT), .fixed = true,
                        .sensitive = true},
};

const struct entity customer_entity = ENTITY("customer", "customer", FIELDS);
