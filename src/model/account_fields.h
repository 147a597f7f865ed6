/*
 * A user account of the portal. Its fields in the order of its form; a place in the table for each that code asks for
 * by name.
 */
#ifndef KP_MODEL_ACCOUNT_FIELDS_H
#define KP_MODEL_ACCOUNT_FIELDS_H

#include "model/field.h"

enum account_field {
    ACCOUNT_EMAIL,
    ACCOUNT_PASSWORD,
    ACCOUNT_VERIFIED,
    ACCOUNT_LANGUAGE,
};

extern const struct entity account_entity;

#endif
