#include "model/case_fields.h"

static const struct entity_field FIELDS[] = {
    [CASE_NUMBER] = {FIELD("number", _("Case number"), KEY, KEY_LIMIT), .required = true, .fixed = true,
                     .searched = true},
    [CASE_TITLE] = {FIELD("title", _("Title"), TEXT, LINE_LIMIT), .portal = 1, .required = true, .searched = true,
                    .missing = _("Write a title, such as “The lift is not working”.")},
    [CASE_DESCRIPTION] = {FIELD("description", _("Description"), MULTILINE, TEXT_LIMIT), .portal = 2, .searched = true},
    [CASE_TYPE] = {FIELD_IN("type", "type_id", _("Case type"), PICKLIST, KEY_LIMIT), .list = "case_type", .portal = 5},
    [CASE_PRIORITY] = {FIELD_IN("priority", "priority_id", _("Priority"), PICKLIST, KEY_LIMIT), .list = "priority",
                       .portal = 6},
    [CASE_STATUS] = {FIELD("status", _("Status"), CHOICE, SHORT_LIMIT), .codes = &case_statuses, .fixed = true},
    [CASE_CUSTOMER] = {FIELD_IN("customer", "customer_id", _("Customer"), CUSTOMER, KEY_LIMIT), .portal = 4},
    [CASE_OBJECT] = {FIELD_IN("object", "object_id", _("Object"), OBJECT, KEY_LIMIT), .portal = 3},
    [CASE_PRIMARY] = {FIELD_IN("primary_contact", "primary_contact_id", _("Primary contact"), CONTACT, KEY_LIMIT),
                      .unlisted = true},
    [CASE_CONTACTS] = {FIELD_APART("contacts", _("Contacts"), CONTACT, NUMBERS_LIMIT), .many = true, .unlisted = true},
    [CASE_REFERENCE] = {FIELD("your_reference", _("Your reference"), TEXT, LINE_LIMIT), .portal = 10, .searched = true},
    [CASE_REPORTER] = {FIELD("reporter", _("Reporter"), TEXT, LINE_LIMIT), .portal = 11, .sensitive = true},
    [CASE_PHONE] = {FIELD("reporter_phone", _("Reporter's phone"), PHONE, SHORT_LIMIT), .portal = 12,
                    .sensitive = true},
    [CASE_STREET] = {FIELD("site_street", _("Street"), TEXT, NAME_LIMIT), .portal = 7, .searched = true},
    [CASE_POSTAL_CODE] = {FIELD("site_postal_code", _("Postal code"), POSTAL_CODE, SHORT_LIMIT), .portal = 8,
                          .searched = true},
    [CASE_CITY] = {FIELD("site_city", _("City"), TEXT, NAME_LIMIT), .portal = 9, .searched = true},
    [CASE_CREATED_AT] = {FIELD("created", _("Created"), INSTANT, SHORT_LIMIT), .required = true, .fixed = true},
    [CASE_STARTED_AT] = {FIELD("started", _("Started"), INSTANT, SHORT_LIMIT), .fixed = true},
    [CASE_FINISHED_AT] = {FIELD("finished", _("Finished"), INSTANT, SHORT_LIMIT), .fixed = true},
    [CASE_CANCEL_REASON] = {FIELD("cancel_reason", _("Why it was cancelled"), TEXT, LINE_LIMIT), .fixed = true},
    [CASE_DUPLICATE_OF] = {FIELD("duplicate_of", _("Duplicate of"), CASE, KEY_LIMIT), .fixed = true, .unlisted = true},
};

const struct entity case_entity = ENTITY("case", "cases", FIELDS);
