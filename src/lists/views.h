/* Data for the templates of this folder. */
#pragma once

#include "view/view.h"

struct list_heading {
    struct str label, sort_url; /* sort_url empty: the list cannot be sorted by this column */
    const char *aria_sort;      /* ascending, descending, none */
    bool number;
};

struct list_chip_view {
    struct str label, count, url; /* count may be empty */
    bool current;
};

struct list_view {
    struct str title, rows_title, url, clear_url, new_url, new_label;
    const struct criterion *criteria;
    size_t criterion_count, first_count; /* small screens show the first first_count criteria at once; 0: all */
    bool further_used;                   /* a criterion after the first first_count is used or has a fault */
    const struct field *fields;          /* for the summary of faults */
    size_t field_count;
    struct criterion page_size;
    bool staff, narrowed, formless;
    struct str printed; /* today, for paper */
    /* The brief look: the field of words stands alone. */
    const struct criterion *words;               /* NULL: the form has none */
    struct str filter_label;                     /* `Filter (2)` */
    bool filter_kept;                            /* open also where scripts would close it: something in it is wrong */
    const struct list_chip_view *chips, *chosen; /* chosen: `Case type: Fault`, url takes it away */
    size_t chip_count, chosen_count;
    struct field sort_field;
    struct html beside;
    struct str sort;
    /* The result. */
    struct str summary, columns_url, csv_url, xlsx_url;
    const char *table_class;
    struct pager pager;
    struct str empty_title, empty_text,
        empty_url;          /* shown when nothing was found; empty_url: for example clears the search */
    struct str empty_label; /* the label of empty_url */
    bool past_end;          /* the address asks for a page after the last row */
};

struct list_column_choice {
    struct str name, label, order;
    bool chosen;
};

struct list_columns_view {
    struct str title, back_label, back_url, action, note, refusal;
    const struct list_column_choice *choices;
    size_t count;
};
