/*
 * The fields of a customer, in the order of the form. Each enum value is the position of its field in
 * customer_entity.fields.
 */
#pragma once

#include "model/field.h"

enum customer_field {
    CUSTOMER_NUMBER,
    CUSTOMER_NAME,
    CUSTOMER_EMAIL,
    CUSTOMER_PHONE,
    CUSTOMER_STREET,
    CUSTOMER_POSTAL_CODE,
    CUSTOMER_CITY,
    CUSTOMER_ACTIVE,
    CUSTOMER_LOGIN,
};

extern const struct entity customer_entity;
