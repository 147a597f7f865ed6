/* The data for the templates of this folder. Texts are in the visit's language and not yet escaped. */
#pragma once

#include "view/view.h"

struct board_tab {
    struct str label, url;
    bool current;
};

struct figure_view {
    struct str label, value, url;
    struct str change;     /* the change from the period before; empty: not known */
    const char *direction; /* up, down, same */
};

struct chart_cell_view {
    struct str text, url;
    struct str value; /* for the chart: a number with a point; empty: no value */
};

struct chart_row_view {
    struct str label;
    const struct chart_cell_view *cells;
    size_t cell_count;
};

struct chart_head_view {
    struct str label;
    bool drawn;
};

struct chart_view {
    const char *id, *kind;
    const char *unit; /* kr, h or empty */
    struct str title, head, csv_url;
    const struct chart_head_view *heads;
    size_t head_count;
    const struct chart_row_view *rows;
    size_t row_count;
    struct chart_row_view sum; /* the sum of all rows */
};

/* The filter form of a dashboard and of the rows behind a number. */
struct board_form_view {
    struct str action;
    const struct criterion *criteria;
    const struct field *fields;
    size_t count;
    const struct board_tab *periods; /* links to common periods */
    size_t period_count;
    struct str clear_url; /* empty: nothing to clear */
};

struct board_view {
    struct str title, lead;
    const struct board_tab *tabs;
    size_t tab_count;
    struct board_form_view form;
    bool faulty;
    struct str period;  /* `2026-08-23 – 2026-11-23` */
    struct str filters; /* the filters as text; empty: no filter */
    struct str printed; /* today */
    struct str portal_name;
    struct str note;     /* says that the reader may not see some prices */
    struct str left_out; /* says how many rows are left out; empty: none */
    const struct figure_view *figures;
    size_t figure_count;
    const struct chart_view *charts;
    size_t chart_count;
    struct str rows_url, rows_csv_url, rows_xlsx_url; /* all rows of the period */
    bool empty;
    struct str longer_url; /* the address of a year, when the period is empty */
};

struct behind_cell_view {
    struct str label, text, href;
    struct str machine; /* the machine-readable form of a time */
    int status;         /* -1: none */
    bool number, empty;
};

struct behind_row_view {
    const struct behind_cell_view *cells;
    size_t cell_count;
};

struct behind_view {
    struct str title, board_title, board_url, selection, period, filters, summary;
    struct str sum, note; /* sum of prices, empty: none; note: that the reader may not see some prices */
    const struct chart_head_view *heads;
    size_t head_count;
    const struct behind_row_view *rows;
    size_t row_count;
    struct str csv_url, xlsx_url;
    struct pager pager;
};
