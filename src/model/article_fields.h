/*
 * An article that rows refer to. Its fields in the order of its form; a place in the table for each that code asks for
 * by name.
 */
#ifndef KP_MODEL_ARTICLE_FIELDS_H
#define KP_MODEL_ARTICLE_FIELDS_H

#include "model/field.h"

enum article_field {
    ARTICLE_NUMBER,
    ARTICLE_NAME,
    ARTICLE_TYPE,
    ARTICLE_UNIT,
    ARTICLE_PRICE,
    ARTICLE_ACTIVE,
};

extern const struct entity article_entity;

#endif
