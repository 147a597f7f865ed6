/*
 * A contact: a person whom customers, objects and cases refer to. Its fields in the order of its form; a place in the
 * table for each that code asks for by name.
 */
#ifndef KP_MODEL_CONTACT_FIELDS_H
#define KP_MODEL_CONTACT_FIELDS_H

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

#endif
