/*
 * The fields of an article row of a case, in the order of the form. Each enum value is the position of its field in
 * article_row_entity.fields.
 */
#pragma once

#include "model/field.h"

enum article_row_field {
    ROW_NUMBER,
    ROW_CASE,
    ROW_ARTICLE,
    ROW_TITLE,
    ROW_DESCRIPTION,
    ROW_DATE,
    ROW_QUANTITY,
    ROW_UNIT,
    ROW_PRICE,
    ROW_DISCOUNT,
    ROW_TYPE,
    ROW_ACTION,
    ROW_ORDER,
    ROW_RESOURCE,
    ROW_STATUS,
};

extern const struct entity article_row_entity;
