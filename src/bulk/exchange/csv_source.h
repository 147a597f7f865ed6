/* Opens the files that the command line names as sources of a load: CSV files, folders of them, and workbooks. */
#pragma once

#include "bulk/exchange/exchange.h"

struct csv_sources {
    struct load_source sources[LOAD_SOURCES_MAX];
    size_t count;
    struct buf faults; /* problems with whole files, one a line */
    struct str data;   /* the data folder; workbooks are unpacked there */
};

/*
 * Opens a CSV file, a workbook, or all .csv files of a folder. The files stay open until the arena is freed. On false
 * err says why.
 */
MUST_CHECK bool csv_sources_add(struct csv_sources *all, struct arena *arena, const char *path, struct err *err);
