#include "model/work_order_fields.h"

static const struct entity_field FIELDS[] = {
    [ORDER_NUMBER] = {FIELD("number", _("Number"), KEY, KEY_LIMIT), .required = true, .fixed = true},
    [ORDER_CASE] = {FIELD_IN("case", "case_id", _("Case"), CASE, KEY_LIMIT), .required = true, .fixed = true},
    [ORDER_TITLE] = {FIELD("title", _("Title"), TEXT, LINE_LIMIT)},
    [ORDER_TYPE] = {FIELD_IN("type", "type_id", _("Work order type"), PICKLIST, KEY_LIMIT), .list = "work_order_type"},
    [ORDER_STATUS] = {FIELD("status", _("Status"), CHOICE, SHORT_LIMIT), .codes = &work_order_statuses, .fixed = true},
    [ORDER_RESOURCE] = {FIELD("resource", _("Technician"), TEXT, NAME_LIMIT)},
    [ORDER_FROM] = {FIELD("booked_from", _("Booked from"), INSTANT, SHORT_LIMIT)},
    [ORDER_TO] = {FIELD("booked_to", _("Booked to"), INSTANT, SHORT_LIMIT)},
    [ORDER_CREATED_AT] = {FIELD("created", _("Created"), INSTANT, SHORT_LIMIT), .required = true, .fixed = true},
    [ORDER_STARTED_AT] = {FIELD("started", _("Started (work order)"), INSTANT, SHORT_LIMIT)},
    [ORDER_FINISHED_AT] = {FIELD("finished", _("Finished (work order)"), INSTANT, SHORT_LIMIT)},
    [ORDER_CANCEL_REASON] = {FIELD("cancel_reason", _("Why it was cancelled"), TEXT, LINE_LIMIT), .fixed = true},
};

const struct entity work_order_entity = ENTITY("work order", "work_order", FIELDS);
