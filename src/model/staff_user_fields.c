#include "model/staff_user_fields.h"

static const struct entity_field FIELDS[] = {
    [STAFF_USER_EMAIL] = {FIELD("email", _("E-mail address"), EMAIL, 254), .required = true, .sensitive = true,
                          .unexported = true},
    [STAFF_USER_ROLE] = {FIELD("role", _("Role"), CHOICE, SHORT_LIMIT), .codes = &staff_roles, .required = true,
                         .unexported = true},
    [STAFF_USER_ACTIVE] = {FIELD("active", _("Active"), YES_NO, 3), .unexported = true},
    [STAFF_USER_LANGUAGE] = {FIELD("language", _("Language"), CHOICE, SHORT_LIMIT), .codes = &language_codes,
                             .unexported = true},
};

const struct entity staff_user_entity = ENTITY("staff user", "staff", FIELDS);
