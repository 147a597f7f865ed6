/* The data for the templates of this folder. Texts are in the visit's language and not yet escaped. */
#pragma once

#include "lists/views.h"

struct board_tab {
    struct str label, url;
    bool current;
};

struct board_view {
    struct str title, lead, printed, portal_name;
    struct str period;               /* `2026-08-23 – 2026-11-23`; empty: the criteria have a fault */
    struct str criteria;             /* the other criteria as text; empty: no other criterion */
    struct str filter_label;         /* `Filter (2)`: how many there are */
    bool filter_kept;                /* the filter stays open: something in it is to be seen to */
    const struct board_tab *tabs;    /* the dashboards */
    const struct board_tab *periods; /* links to common periods */
    size_t tab_count, period_count;
    struct list_view form;
    struct str rows_url, rows_csv_url, rows_xlsx_url; /* all rows of the period */
};
