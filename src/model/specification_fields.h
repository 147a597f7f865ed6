/*
 * The fields of an invoice specification, in the order of the form. Each enum value is the position of its field in
 * specification_entity.fields.
 */
#pragma once

#include "model/field.h"

enum specification_field {
    SPEC_NUMBER,
    SPEC_CUSTOMER,
    SPEC_FROM,
    SPEC_TO,
    SPEC_TITLE,
    SPEC_REFERENCE,
    SPEC_STATUS,
    SPEC_ROWS,
    SPEC_DECIDED_BY,
    SPEC_DECIDED_AT,
    SPEC_COMMENT,
};

extern const struct entity specification_entity;
