/* What the files of src/lists share. */
#ifndef KP_LISTS_INTERNAL_H
#define KP_LISTS_INTERNAL_H

#include "lists/list.h"
#include "lists/views.h"

#define LIST_COLUMNS_MAX 80

/* A column as it is written now. */
struct list_shown {
    struct list_column column;         /* with what its field says */
    const char *field_literal;         /* the field's column of table t, or NULL */
    struct str name, label, file_name; /* file_name: its heading in CSV */
    const char *second_literal;        /* in the language of the visit, or NULL */
    int at;                            /* its first value in a row of the query */
    struct html open, open_empty;      /* `<td …>`, and of a cell without text */
    struct html *badges;               /* whole cells, by code */
};

/* Reads the address. False when something must be mended: then only the form is shown. */
bool list_query_read(struct list_query *query, struct visit *visit, const struct list *list);
/* The parameter `after` of a place. */
struct str list_place_text(struct arena *arena, const struct list_order *order, const struct list_place *place);
/* What the order is called in the address: `-created`. */
struct str list_sort_text(struct arena *arena, const struct list_order *order, bool descending);

/* The columns of the page: those that the user chose, or those everybody has. Returns how many. */
size_t list_columns_shown(struct visit *visit, const struct list *list, struct list_shown *shown);
/* The columns of a file. */
size_t list_columns_filed(struct visit *visit, const struct list *list, struct list_shown *shown);
/* All that may be on the page. */
size_t list_columns_offered(struct visit *visit, const struct list *list, struct list_shown *shown);

/*
 * Runs the query. Its rows begin with the keys of the order, then whether the row is inactive, then the columns: `at`
 * of each is set. limit 0: all. NULL with *nothing when nothing can be found.
 */
struct db_rows *list_rows(struct list_query *query, struct list_shown *shown, size_t count, int64_t limit,
                          bool *nothing, struct err *err);
bool list_count(struct list_query *query, struct err *err) __attribute__((warn_unused_result));
/* The place at the side of the row that was read last. */
void list_place_read(const struct list_query *query, const struct db_rows *rows, struct list_place *place);

/* Makes ready what every cell of a column begins with. */
void list_cells_prepare(struct visit *visit, struct list_shown *shown, size_t count);
/* Writes one row of the table. */
void list_row_write(struct list_query *query, struct buf *out, const struct list_shown *shown, size_t count,
                    const struct db_rows *rows, int inactive_at);

/* Fills the form. */
bool list_form_fill(struct list_query *query, struct list_view *view, struct err *err)
    __attribute__((warn_unused_result));

#endif
