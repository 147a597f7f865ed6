/*
 * Reads workbooks (XLSX, also Strict) as people send them, row by row: what a cell shows, as text. Dates become
 * `YYYY-MM-DD` or, with a time, `YYYY-MM-DDTHH:MM:SS`, by the format of the cell; numbers their shortest decimals, of
 * at most the 15 digits that spreadsheets show; yes and no what they say; formulas the value that was stored with them.
 *
 * Nothing of a file is believed: archives that unpack to far more than they are, documents with a DTD, and values
 * without measure are refused. Memory is bounded by a row and eight bytes a shared text; the texts lie in an unnamed
 * file.
 */
#ifndef KP_SERVICE_WORKBOOK_H
#define KP_SERVICE_WORKBOOK_H

#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>

#define WORKBOOK_SHEETS 100
#define WORKBOOK_STRINGS 4000000
#define WORKBOOK_BYTES (INT64_C(4) << 30) /* unpacked, of all parts that are read */
#define WORKBOOK_RATIO 250                /* how many times larger than the file they may be */

struct workbook;

/* What makes a workbook unreadable. */
struct workbook_fault {
    int64_t row;         /* of the sheet; 1 when it is none's */
    const char *message; /* English, a literal */
};

/* fd is seekable and stays the caller's; `data` is the data folder. NULL with *fault filled when it is no workbook. */
struct workbook *workbook_open(struct arena *arena, int fd, struct str data, struct workbook_fault *fault);
size_t workbook_count(const struct workbook *book); /* of sheets */
struct str workbook_sheet(const struct workbook *book, size_t sheet);

/*
 * Every row with something in it. cells (valid UTF-8) live until take returns; what is empty at the end of a row is
 * left out. take answers false to read no further. False: *fault says why.
 */
bool workbook_rows(struct workbook *book, size_t sheet,
                   bool (*take)(void *context, int64_t row, const struct str *cells, size_t count), void *context,
                   struct workbook_fault *fault) __attribute__((warn_unused_result));

/* An unnamed file in DATA/tmp, or where the system has such; closed with the arena. NULL when there is none. */
FILE *workbook_scratch(struct arena *arena, struct str data);

#endif
