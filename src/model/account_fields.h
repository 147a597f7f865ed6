/*
 * The fields of a user account of the portal, in the order of the form. Each enum value is the position of its field in
 * account_entity.fields.
 */
#pragma once

#include "model/field.h"

enum account_field {
    ACCOUNT_EMAIL,
    ACCOUNT_PASSWORD,
    ACCOUNT_VERIFIED,
    ACCOUNT_LANGUAGE,
};

extern const struct entity account_entity;
