/*
 * The fields of an article, to which article rows refer, in the order of the form. Each enum value is the position of
 * its field in article_entity.fields.
 */
#pragma once

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
