/*
 * The fields of a work order of a case, in the order of the form. Each enum value is the position of its field in
 * work_order_entity.fields.
 */
#pragma once

#include "model/field.h"

enum work_order_field {
    ORDER_NUMBER,
    ORDER_CASE,
    ORDER_TITLE,
    ORDER_TYPE,
    ORDER_STATUS,
    ORDER_RESOURCE,
    ORDER_FROM,
    ORDER_TO,
    ORDER_CREATED_AT,
    ORDER_STARTED_AT,
    ORDER_FINISHED_AT,
    ORDER_CANCEL_REASON,
};

extern const struct entity work_order_entity;
