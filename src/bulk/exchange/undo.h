/*
 * The data that a load keeps so that it can be undone (tables import_image, import_part, import_login), and undoing.
 * Shared by undo_keep.c, undo_check.c and undo_apply.c.
 */
#pragma once

#include "bulk/exchange/stage.h"

/* A column of a row, kept as text in import_image.cN. */
struct kept {
    const char *column_literal; /* of the table */
    const char *at_literal;     /* N: `0` … */
    bool number;                /* the database stores it as a number */
    bool follows; /* may be derived from other rows; of rows that the run only touched, only such values are its own */
};

#define KEPT_MAX 24
_Static_assert(FORMAT_COLUMNS_MAX < KEPT_MAX, "an image has the columns of a file and one more");
/* Fills the kept columns of a format and returns how many there are. */
size_t kept_columns(const struct format *format, struct kept kept[KEPT_MAX]);

/* A table of links, kept in import_part with its two ends, or the table of extra fields, with keys and values. */
struct kept_part {
    enum format_id format;
    const char *what; /* for messages */
    const char *table_literal, *own_literal;
    const char *other_literal; /* NULL: of the extra fields */
    enum format_id other;      /* the format of the other end */
};
#define KEPT_PARTS 5
void kept_parts(struct kept_part parts[KEPT_PARTS]);
/* Appends the SQL of key and value of the row `k` with this between them. */
void kept_part_row(struct sql *sql, const struct kept_part *part, const char *between_literal);

struct undo {
    struct db_conn *conn;
    struct arena *arena;
    int64_t run;
    const struct load_undo *wish;
    struct load_undo_result *result;
};

/* Appends the condition that selects images `b` of a file. */
void undo_images(const struct undo *undo, struct sql *sql, const struct format *format, int64_t moment);
/* An image `b` of a row that the run added. */
#define IMAGE_OF_NEW                                                                                                   \
    " AND NOT EXISTS (SELECT 1 FROM import_image n WHERE n.run_id = b.run_id AND n.file = b.file AND n.moment = 0"     \
    " AND n.row_id = b.row_id)"

/* Finds what prevents undoing and fills the blockers of the result. */
MUST_CHECK bool undo_check(struct undo *undo, struct err *err);
/* Notes what prevents it once the rows are as before: rows that are not attested on specifications that are out. */
MUST_CHECK bool undo_check_attested(struct undo *undo, struct err *err);
