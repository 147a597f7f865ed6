/*
 * A file of a customer, an object or a case. Its fields in the order of its form; a place in the table for each that
 * code asks for by name.
 */
#ifndef KP_MODEL_FILE_FIELDS_H
#define KP_MODEL_FILE_FIELDS_H

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

#endif
