/*
 * The fields of a case, in the order of the form: those that staff and customers report, and those that the program
 * maintains. Each enum value is the position of its field in case_entity.fields. Only fields that code names need a
 * value; the others follow in the table.
 */
#pragma once

#include "model/field.h"

enum case_field {
    CASE_NUMBER,
    CASE_TITLE,
    CASE_DESCRIPTION,
    CASE_TYPE,
    CASE_PRIORITY,
    CASE_STATUS,
    CASE_CUSTOMER,
    CASE_OBJECT,
    CASE_PRIMARY,
    CASE_CONTACTS,
    CASE_REFERENCE,
    CASE_REPORTER,
    CASE_PHONE,
    CASE_STREET,
    CASE_POSTAL_CODE,
    CASE_CITY,
    CASE_CREATED_AT,
    CASE_STARTED_AT,
    CASE_FINISHED_AT,
    CASE_CANCEL_REASON,
    CASE_DUPLICATE_OF,
};

extern const struct entity case_entity;
