#include "model/article_fields.h"

static const struct entity_field FIELDS[] = {
    [ARTICLE_NUMBER] = {FIELD("number", _("Number"), KEY, KEY_LIMIT), .required = true, .fixed = true,
                        .searched = true},
    [ARTICLE_NAME] = {FIELD("name", _("Name"), TEXT, NAME_LIMIT), .required = true, .searched = true},
    [ARTICLE_TYPE] = {FIELD("article_type", _("Article type"), CHOICE, SHORT_LIMIT), .codes = &article_types,
                      .required = true},
    [ARTICLE_UNIT] = {FIELD("unit", _("Unit"), TEXT, SHORT_LIMIT)},
    [ARTICLE_PRICE] = {FIELD("unit_price", _("Unit price"), MONEY, SHORT_LIMIT)},
    [ARTICLE_ACTIVE] = {FIELD("active", _("Active"), YES_NO, 3), .unexported = true},
};

const struct entity article_entity = ENTITY("article", "article", FIELDS);
