/*
 * Reads workbooks (XLSX, also Strict) as people send them, row by row, and returns what each cell shows, as text. Dates
 * become `YYYY-MM-DD` or, with a time, `YYYY-MM-DDTHH:MM:SS`, by the format of the cell. Numbers become their shortest
 * decimals, of at most the 15 digits that spreadsheets show. Booleans become `yes` or `no`, and formulas the value that
 * was stored with them.
 *
 * Files are not trusted: an archive that unpacks to far more than its size, a document with a DTD, and a value of
 * excessive length are refused. Memory is bounded by one row and eight bytes for each shared text; the texts themselves
 * are kept in an unnamed file.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>

#define WORKBOOK_SHEETS 100
#define WORKBOOK_STRINGS 4000000
#define WORKBOOK_BYTES (INT64_C(4) << 30) /* bytes unpacked, over all parts that are read */
#define WORKBOOK_RATIO 250                /* how many times larger than the file the unpacked parts may be */

struct workbook;

/* The reason why a workbook cannot be read. */
struct workbook_fault {
    int64_t row;         /* row of the sheet; 1 if the fault belongs to no row */
    const char *message; /* English, a literal */
};

/*
 * Opens a workbook. `fd` is seekable and stays the caller's; `data` is the data folder. Returns NULL and fills *fault
 * if the file is not a workbook.
 */
struct workbook *workbook_open(struct arena *arena, int fd, struct str data, struct workbook_fault *fault);
size_t workbook_count(const struct workbook *book); /* number of sheets */
struct str workbook_sheet(const struct workbook *book, size_t sheet);

/*
 * Calls `take` for every row that is not empty. `cells` (valid UTF-8) live until `take` returns; empty cells at the end
 * of a row are left out. `take` returns false to stop reading. workbook_rows returns false on a fault; *fault says why.
 */
MUST_CHECK bool workbook_rows(struct workbook *book, size_t sheet,
                              bool (*take)(void *context, int64_t row, const struct str *cells, size_t count),
                              void *context, struct workbook_fault *fault);

/*
 * Returns an unnamed file in DATA/tmp or, if that file system has no unnamed files, a temporary file of the system. It
 * is closed with the arena. NULL if neither is possible.
 */
FILE *workbook_scratch(struct arena *arena, struct str data);
