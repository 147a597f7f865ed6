/* Shared by the files of src/lists. */
#pragma once

#include "lists/list.h"
#include "lists/views.h"

#define LIST_COLUMNS_MAX 80

/* A column prepared for one page or file. */
struct list_shown {
    struct list_column column;         /* completed from its field */
    const struct entity_field *field;  /* the column shows what its table stores of this field; or NULL */
    const char *alias_literal;         /* the alias of that table */
    struct str name, label, file_name; /* file_name: the heading in CSV */
    const char *second_literal;        /* in the language of the visit, or NULL */
    int at;                            /* place of its first value in a row of the query */
    bool head;                         /* its cells head their rows: `<th scope="row">` */
    struct html open, open_empty;      /* `<td …>` of a cell with text, and of one without */
    struct html *badges;               /* for each code: the whole cell */
};

/* Returns the parameter `after` for a place. */
struct str list_place_text(struct arena *arena, const struct list_order *order, const struct list_place *place);
/* Returns the parameter `sort` for an order, such as `-created`. */
struct str list_sort_text(struct arena *arena, const struct list_order *order, bool descending);

/* Fills the columns of the page: the user's chosen ones, else the standard ones. Returns how many. */
size_t list_columns_shown(struct visit *visit, const struct list *list, struct list_shown *shown);
/* Fills the columns of a file. Returns how many. */
size_t list_columns_filed(struct visit *visit, const struct list *list, struct list_shown *shown);

/*
 * Runs the query for at most `limit` rows (0: all). Its rows hold the keys of the order, then (with inactive_literal)
 * whether the row is inactive, then the columns; sets `at` of each column. Returns NULL and sets *nothing if nothing
 * can be found.
 */
struct db_rows *list_rows(struct list_query *query, struct list_shown *shown, size_t count, int64_t limit,
                          bool *nothing, struct err *err);
MUST_CHECK bool list_count(struct list_query *query, struct err *err);
/* Reads the place next to the row that was read last. */
void list_place_read(const struct list_query *query, const struct db_rows *rows, struct list_place *place);

/* Prepares the start of each column's cells. */
void list_cells_prepare(struct visit *visit, struct list_shown *shown, size_t count);
/* Returns whether the sum of the last column stands below the table. */
bool list_summed(const struct list_query *query, const struct list_shown *shown, size_t count);
/* Writes one row of the table. */
void list_row_write(struct list_query *query, struct buf *out, const struct list_shown *shown, size_t count,
                    const struct db_rows *rows, int inactive_at);

/* --- the brief look of lists with chips (brief.c) ----------------------------------------------------------------- */

/* Fills chips, what is chosen, the field that sorts, and the part beside them. Call it after list_form_fill. */
MUST_CHECK bool list_brief_fill(struct list_query *query, struct list_view *view, struct err *err);

/* --- what staff users want: their columns, and the last search (remembered.c) ------------------------------------- */

/*
 * How a staff user wants a list: the names of its columns, and their last search (`?q=…`). Empty: the same as for
 * everybody.
 */
struct staff_list {
    struct str columns, query;
};
MUST_CHECK bool staff_list_load(struct visit *visit, const char *list, struct staff_list *wanted, struct err *err);
/* Query parameter that asks to remember a search. The form of a list sends it; links from other pages do not. */
#define STAFF_LIST_KEEP "keep"
/*
 * Redirects a request for `/staff/LIST` without a query to the user's last search there. *resumed: there was one, and
 * the visit is redirected.
 */
MUST_CHECK bool staff_list_resume(struct visit *visit, const char *list, bool *resumed, struct err *err);
/*
 * Remembers the query of `url` if the request asks for it (STAFF_LIST_KEEP). A `url` without a query forgets the last
 * search. It is written a few seconds later, so that no search waits for a writer.
 */
void staff_list_keep(struct visit *visit, const char *list, struct str url);
/* Keeps the search of a customer for list_result_address. */
void list_result_keep(const struct list_query *query);
MUST_CHECK bool staff_list_set_columns(struct visit *visit, const char *list, struct str columns, struct err *err);
