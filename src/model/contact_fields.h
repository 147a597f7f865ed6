/*
 * The fields of a contact, a person to whom customers, objects and cases refer, in the order of the form. Each enum
 * value is the position of its field in contact_entity.fields.
 */
#pragma once

#include "model/field.h"

enum contact_field {
    CONTACT_NUMBER,
    CONTACT_FIRST,
    CONTACT_LAST,
    CONTACT_EMAIL,
    CONTACT_EMAIL_2,
    CONTACT_EMAIL_3,
    CONTACT_PHONE,
    CONTACT_MOBILE,
    CONTACT_ACTIVE,
    CONTACT_CUSTOMERS,
    CONTACT_OBJECTS,
};

extern const struct entity contact_entity;
