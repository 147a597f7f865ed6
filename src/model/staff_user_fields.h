/*
 * A user of the staff area. Its fields in the order of its form; a place in the table for each that code asks for by
 * name.
 */
#ifndef KP_MODEL_STAFF_USER_FIELDS_H
#define KP_MODEL_STAFF_USER_FIELDS_H

#include "model/field.h"

enum staff_user_field {
    STAFF_USER_EMAIL,
    STAFF_USER_ROLE,
    STAFF_USER_ACTIVE,
    STAFF_USER_LANGUAGE,
};

extern const struct entity staff_user_entity;

#endif
