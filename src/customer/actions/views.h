/* The input of the template in this folder. */
#pragma once

#include "view/view.h"

struct action_cell_view {
    struct str label, text;
    bool number, date, empty;
};

struct action_row_view {
    const struct action_cell_view *cells;
    size_t cell_count;
};

struct action_head_view {
    struct str label;
    bool number;
};

struct actions_view {
    struct str number, title, case_url, csv_url, xlsx_url;
    const struct action_head_view *heads;
    size_t head_count;
    const struct action_row_view *rows;
    size_t row_count;
    bool sum_shown;
    struct str sum;
    int64_t sum_span; /* columns before the sum */
};
