#include "model/specification_fields.h"

static const struct entity_field FIELDS[] = {
    [SPEC_NUMBER] = {FIELD("number", _("Number"), KEY, KEY_LIMIT), .required = true, .fixed = true, .searched = true},
    [SPEC_CUSTOMER] = {FIELD_IN("customer", "customer_id", _("Customer"), CUSTOMER, KEY_LIMIT), .required = true},
    [SPEC_FROM] = {FIELD("period_from", _("Period from"), DATE, SHORT_LIMIT)},
    [SPEC_TO] = {FIELD("period_to", _("Period to"), DATE, SHORT_LIMIT)},
    [SPEC_TITLE] = {FIELD("title", _("Title"), TEXT, LINE_LIMIT), .searched = true},
    [SPEC_REFERENCE] = {FIELD("your_reference", _("Your reference"), TEXT, LINE_LIMIT), .searched = true},
    [SPEC_STATUS] = {FIELD("status", _("Status"), CHOICE, SHORT_LIMIT), .codes = &specification_statuses,
                     .fixed = true},
    [SPEC_ROWS] = {FIELD_APART("rows", _("Rows"), ARTICLE_ROW, NUMBERS_LIMIT), .many = true},
    [SPEC_DECIDED_BY] = {FIELD("decided_by", _("Decided by"), TEXT, NAME_LIMIT), .fixed = true, .sensitive = true},
    [SPEC_DECIDED_AT] = {FIELD("decided_at", _("Decided"), INSTANT, SHORT_LIMIT), .fixed = true},
    [SPEC_COMMENT] = {FIELD("comment", _("Comment"), MULTILINE, TEXT_LIMIT), .fixed = true},
};

const struct entity specification_entity = ENTITY("specification", "invoice_specification", FIELDS);
