/* `/staff/lists/NAME`: which columns of a list the user of staff wants, in which order. What is chosen is kept by staff_list.c. */
#ifndef KP_PORTAL_STAFF_COLUMNS_H
#define KP_PORTAL_STAFF_COLUMNS_H

#include "portal/visit.h"

struct staff_column {
    struct str name, label;
};

/* What a list offers. */
struct staff_columns {
    const char *list;                   /* its name for staff_list_load, and its address below /staff/ */
    struct str title, back_label, note; /* of the page; of the link to the list; what to know of its files */
    struct str needed;                  /* the column that is always there, since it leads to the rows */
    const struct staff_column *all;     /* among these */
    const struct staff_column *chosen;  /* these the list has now, in this order */
    size_t all_count, chosen_count;
};

/* The names that the user chose for a list, those of columns that are no longer there too; 0: the list is as for everybody. */
size_t staff_columns_names(struct visit *visit, const char *list, const struct str **names);
bool staff_columns_page(struct visit *visit, const struct staff_columns *columns, struct err *err);
bool staff_columns_send(struct visit *visit, const struct staff_columns *columns, struct err *err);

/* --- what the template is given ---------------------------------------------------------------------------------------------- */

struct column_choice {
    struct str name, label, order;
    bool chosen;
};

struct columns_view {
    struct str title, back_label, back_url, action, note, refusal;
    const struct column_choice *choices;
    size_t count;
};

#endif
