/* What the templates of this folder are given. Texts are in the visit's language and not yet escaped. */
#ifndef KP_CUSTOMER_FILES_VIEWS_H
#define KP_CUSTOMER_FILES_VIEWS_H

#include "view/view.h"

struct file_heading {
    struct str label;
    struct str sort_url;   /* empty: not sortable */
    const char *aria_sort; /* ascending, descending, none; NULL when not sortable */
    bool number;
};

struct file_item {
    struct str key, name, url, show_url; /* show_url empty: nothing to look at */
    struct str category, type, size, created, machine;
    struct str kind, owner, owner_url,
        place; /* Customer; its name; the page of a case, or empty; what stands around an object */
};

struct files_view {
    const struct criterion *criteria;
    size_t criterion_count;
    bool further_used;          /* something behind "More choices" is chosen or must be mended */
    bool faulty;                /* something in the form must be mended: no result is shown */
    const struct field *fields; /* of the form, for the summary of what must be mended */
    size_t field_count;
    bool narrowed;      /* something narrows the list */
    bool never;         /* a login without contact: nothing is seen whatever is asked */
    struct str summary; /* `12 files, 3.4 MB` */
    const struct file_heading *headings;
    size_t heading_count;
    const struct file_item *items;
    size_t item_count;
    struct pager pager;
    struct str csv_url, xlsx_url, sort;
    struct str zip_all_url; /* empty: too many for one archive */
    struct str zip_note;    /* how many fit into one */
    const struct option *page_sizes;
    size_t page_size_count;
};

#endif
