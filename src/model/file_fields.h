/*
 * The fields of a file of a customer, an object or a case, in the order of the form. Each enum value is the position of
 * its field in file_entity.fields.
 */
#pragma once

#include "model/field.h"

enum file_field {
    FILE_PATH,
    FILE_NAME,
    FILE_CATEGORY,
    FILE_CUSTOMER,
    FILE_OBJECT,
    FILE_CASE,
    FILE_VISIBLE,
};

extern const struct entity file_entity;
