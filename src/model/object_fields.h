/*
 * The fields of an object (an area, a building, a flat, a machine), in the order of the form. Each enum value is the
 * position of its field in object_entity.fields.
 */
#pragma once

#include "model/field.h"

enum object_field {
    OBJECT_NUMBER,
    OBJECT_NAME,
    OBJECT_CUSTOMER,
    OBJECT_PARENT,
    OBJECT_GROUP,
    OBJECT_STREET,
    OBJECT_POSTAL_CODE,
    OBJECT_CITY,
    OBJECT_ACTIVE,
    OBJECT_LOGIN,
};

extern const struct entity object_entity;
