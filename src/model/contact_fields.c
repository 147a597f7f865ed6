#include "model/contact_fields.h"

static const struct entity_field FIELDS[] = {
    [CONTACT_NUMBER] = {FIELD("number", _("Number"), KEY, KEY_LIMIT), .required = true, .fixed = true,
                        .searched = true},
    [CONTACT_FIRST] = {FIELD("first_name", _("First name"), TEXT, NAME_LIMIT), .required = true, .sensitive = true,
                       .searched = true},
    [CONTACT_LAST] = {FIELD("last_name", _("Last name"), TEXT, NAME_LIMIT), .required = true, .sensitive = true,
                      .searched = true},
    [CONTACT_EMAIL] = {FIELD("email", _("E-mail address"), EMAIL, NAME_LIMIT), .sensitive = true, .searched = true},
    [CONTACT_EMAIL_2] = {FIELD("email_2", _("Second e-mail address"), EMAIL, NAME_LIMIT), .sensitive = true,
                         .searched = true},
    [CONTACT_EMAIL_3] = {FIELD("email_3", _("Third e-mail address"), EMAIL, NAME_LIMIT), .sensitive = true,
                         .searched = true},
    [CONTACT_PHONE] = {FIELD("phone", _("Phone"), PHONE, SHORT_LIMIT), .sensitive = true, .searched = true},
    [CONTACT_MOBILE] = {FIELD("mobile", _("Mobile"), PHONE, SHORT_LIMIT), .sensitive = true, .searched = true},
    [CONTACT_ACTIVE] = {FIELD("active", _("Active"), YES_NO, 3), .exported_as = "status"},
    [CONTACT_CUSTOMERS] = {FIELD_APART("customers", _("Customers"), CUSTOMER, NUMBERS_LIMIT), .many = true},
    [CONTACT_OBJECTS] = {FIELD_APART("objects", _("Objects"), OBJECT, NUMBERS_LIMIT), .many = true},
};

const struct entity contact_entity = ENTITY("contact", "contact", FIELDS);
