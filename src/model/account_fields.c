#include "model/account_fields.h"

static const struct entity_field FIELDS[] = {
    [ACCOUNT_EMAIL] = {FIELD("email", _("E-mail address"), EMAIL, NAME_LIMIT), .required = true, .sensitive = true,
                       .searched = true},
    [ACCOUNT_PASSWORD] = {FIELD_APART("password", _("Password"), PASSWORD, LINE_LIMIT), .fixed = true,
                          .sensitive = true},
    [ACCOUNT_VERIFIED] = {FIELD("verified", _("Address confirmed"), YES_NO, 3), .fixed = true},
    [ACCOUNT_LANGUAGE] = {FIELD("language", _("Language"), CHOICE, SHORT_LIMIT), .codes = &language_codes},
};

const struct entity account_entity = ENTITY("account", "account", FIELDS);
