#include "model/article_row_fields.h"

static const struct entity_field FIELDS[] = {
    [ROW_NUMBER] = {FIELD("number", _("Row number"), KEY, KEY_LIMIT), .required = true, .fixed = true},
    [ROW_CASE] = {FIELD_IN("case", "case_id", _("Case"), CASE, KEY_LIMIT), .required = true, .fixed = true,
                  .unlisted = true},
    [ROW_ARTICLE] = {FIELD_IN("article", "article_id", _("Article"), ARTICLE, KEY_LIMIT)},
    [ROW_TITLE] = {FIELD("title", _("Title"), TEXT, LINE_LIMIT)},
    [ROW_DESCRIPTION] = {FIELD("description", _("Description"), MULTILINE, TEXT_LIMIT)},
    [ROW_DATE] = {FIELD_IN("date", "row_date", _("Date"), DATE, SHORT_LIMIT), .required = true},
    [ROW_QUANTITY] = {FIELD("quantity", _("Quantity"), DECIMAL, SHORT_LIMIT), .required = true},
    [ROW_UNIT] = {FIELD("unit", _("Unit"), TEXT, SHORT_LIMIT)},
    [ROW_PRICE] = {FIELD("unit_price", _("Unit price"), MONEY, SHORT_LIMIT)},
    [ROW_DISCOUNT] = {FIELD("discount", _("Discount"), DISCOUNT, SHORT_LIMIT)},
    [ROW_TYPE] = {FIELD("article_type", _("Article type"), CHOICE, SHORT_LIMIT), .codes = &article_types},
    [ROW_ACTION] = {FIELD_IN("action_code", "action_code_id", _("Action code"), PICKLIST, KEY_LIMIT),
                    .list = "action_code"},
    [ROW_ORDER] = {FIELD_IN("work_order", "work_order_id", _("Work order"), WORK_ORDER, KEY_LIMIT)},
    [ROW_RESOURCE] = {FIELD("resource", _("Technician"), TEXT, NAME_LIMIT)},
    [ROW_STATUS] = {FIELD("status", _("Row status"), CHOICE, SHORT_LIMIT), .codes = &row_statuses, .fixed = true},
};

const struct entity article_row_entity = ENTITY("article row", "article_row", FIELDS);
