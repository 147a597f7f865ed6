/*
 * Tables for download: CSV for programs (RFC 4180, code names, protected against formula injection) and XLSX for
 * people. They are written row by row into an unnamed file, in memory that does not grow with the rows.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum sheet_kind { SHEET_CSV, SHEET_XLSX };

struct sheet_cell {
    enum { SHEET_TEXT, SHEET_DECIMAL, SHEET_INSTANT } kind;
    struct str code; /* the value in CSV; may be empty */
    struct str text; /* the text in XLSX, for SHEET_TEXT */
    int64_t value;   /* the value in XLSX: millionths, or an instant in microseconds */
    bool empty;
};

struct sheet;

/* Begins a sheet. `data` is the data folder; `name` is the title of the sheet, at most 31 characters. */
MUST_CHECK struct sheet *sheet_begin(struct arena *arena, enum sheet_kind kind, struct str data, struct str name,
                                     struct err *err);
/*
 * Write a row of headings, then rows with the same number of cells. ERR_TOO_LARGE when an XLSX sheet is full (1,048,576
 * rows).
 */
MUST_CHECK bool sheet_head(struct sheet *sheet, const struct str *labels, size_t count, struct err *err);
MUST_CHECK bool sheet_row(struct sheet *sheet, const struct sheet_cell *cells, size_t count, struct err *err);
/* Returns the finished file in *fd, open at position 0; the caller closes it. */
MUST_CHECK bool sheet_finish(struct sheet *sheet, int *fd, int64_t *size, struct err *err);

extern const char *const sheet_media_types[2];
