/*
 * The fields of an article, to which article rows refer, in the order of the form. Each enum value is the position of
 * its field in article_entity.fields.
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
