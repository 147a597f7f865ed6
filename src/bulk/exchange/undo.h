/*
 * The data that a load keeps so that it can be undone (tables import_image, import_part, import_login). Shared by
 * undo_keep.c, undo_check.c and undo_apply.c.
 */
#pragma once

#include "bulk/exchange/stage.h"

/* A column of a row, kept in import_image.cN. */
struct kept {
    const char *column_literal;  /* of the table */
    const char *image_literal;   /* c0 … */
    const char *restore_literal; /* SQL of the value, from the image `b` */
    bool follows; /* may be derived from other rows; of rows that the run only touched, only such values are its own */
};

#define KEPT_MAX 24
/* Fills the kept columns of a format and returns how many there are. */
size_t kept_columns(const struct format *format, struct kept kept[KEPT_MAX]);
/* Returns SQL of the number, or other name, that people know the row `t` by. */
const char *kept_number_literal(const struct format *format);

/* The tables of links, and the columns of their two ends. The last table, with extra fields, has no other end. */
struct kept_part {
    enum format_id format;
    const char *table_literal, *own_literal;
    const char *key_literal, *value_literal; /* SQL over the row `k` */
    const char *insert_literal;              /* the columns after the owner, to insert from import_part `p` */
    const char *restore_literal;             /* their values */
    const char *what;                        /* for messages */
};
#define KEPT_PARTS 5
extern const struct kept_part kept_parts[KEPT_PARTS];
