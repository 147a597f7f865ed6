/* The columns of the rows behind a number: reads them by id, as text and as code. */
#pragma once

#include "customer/dashboards/board.h"
#include "service/sheet.h"

struct detail {
    struct str text; /* for people */
    struct str code; /* for CSV */
    struct str name; /* of a register or picklist: the name beside the code in CSV */
    int64_t value;   /* a state, an instant, a number in millionths */
    bool none;
};

struct detail_row {
    int64_t id;
    struct detail *details; /* one for each column of the dashboard */
};

/* The most ids at once. */
#define DETAIL_CHUNK 100

/* Reads the rows with these ids, in the order of the ids. */
MUST_CHECK bool details_load(struct visit *visit, struct arena *arena, const struct board *board, const int64_t *ids,
                             size_t count, struct detail_row *rows, struct err *err);

/* Fill the headings and the cells of a row for CSV or XLSX. Return how many there are. */
#define DETAIL_CELLS 40
size_t details_heads(struct visit *visit, const struct board *board, enum sheet_kind kind,
                     struct str heads[DETAIL_CELLS]);
size_t details_cells(const struct board *board, enum sheet_kind kind, const struct detail_row *row,
                     struct sheet_cell cells[DETAIL_CELLS]);
