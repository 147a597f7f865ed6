/*
 * What a load keeps so that it can be undone (tables import_image, import_part, import_login). Between undo_keep.c,
 * undo_check.c, undo_apply.c.
 */
#ifndef KP_BULK_EXCHANGE_UNDO_H
#define KP_BULK_EXCHANGE_UNDO_H

#include "bulk/exchange/stage.h"

/* A value of a row that is kept in import_image.cN. */
struct kept {
    const char *column_literal;  /* of the table */
    const char *image_literal;   /* c0 … */
    const char *restore_literal; /* SQL of its value over the image `b` */
    bool follows;                /* may follow from other rows: all that is the run's of rows that were only touched */
};

#define KEPT_MAX 24
/* What is kept of the rows of a format; how many. */
size_t kept_columns(const struct format *format, struct kept kept[KEPT_MAX]);
/* SQL over the row `t`: what it is called. */
const char *kept_number_literal(const struct format *format);

/* The tables of links and their ends; the last, of extra fields, has no other end. */
struct kept_part {
    enum format_id format;
    const char *table_literal, *own_literal;
    const char *key_literal, *value_literal; /* SQL over the row `k` */
    const char *insert_literal;              /* the columns behind the owner, for those of import_part `p` */
    const char *restore_literal;             /* their values */
    const char *what;                        /* for messages */
};
#define KEPT_PARTS 5
extern const struct kept_part kept_parts[KEPT_PARTS];

#endif
