/* Files of the command line as sources of a load: CSV, and workbooks that are named. */
#ifndef KP_BULK_EXCHANGE_CSV_SOURCE_H
#define KP_BULK_EXCHANGE_CSV_SOURCE_H

#include "bulk/exchange/exchange.h"

struct csv_sources {
    struct load_source sources[LOAD_SOURCES_MAX];
    size_t count;
    struct buf faults; /* what is wrong with the files as such, a line each */
    struct str data;   /* the data folder, where workbooks are unpacked */
};

/*
 * Opens a file or workbook, or all .csv files of a folder. Files stay open until the arena goes. False: err says why.
 */
bool csv_sources_add(struct csv_sources *all, struct arena *arena, const char *path, struct err *err)
    __attribute__((warn_unused_result));

#endif
