/*
 * The fields of a staff user, in the order of the form. Each enum value is the position of its field in
 * staff_user_entity.fields.
 */
#pragma once

#include "model/field.h"

enum staff_user_field {
    STAFF_USER_EMAIL,
    STAFF_USER_ROLE,
    STAFF_USER_ACTIVE,
    STAFF_USER_LANGUAGE,
};

extern const struct entity staff_user_entity;
