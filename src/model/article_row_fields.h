/*
 * An article row of a case. Its fields in the order of its form; a place in the table for each that code asks for by
 * name.
 */
#ifndef KP_MODEL_ARTICLE_ROW_FIELDS_H
#define KP_MODEL_ARTICLE_ROW_FIELDS_H

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

#endif
