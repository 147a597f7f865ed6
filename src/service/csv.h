/*
 * Reads and writes CSV by RFC 4180, and reads the variants that people really send: UTF-8 with or without BOM (or two)
 * or Windows-1252, separated by `,` `;` or tab or by what a first line `sep=` says, lines ended by CR, LF or both, with
 * Ctrl-Z at the end. What may be Mac or DOS text, or mixes encodings, is refused unless its encoding is said. The
 * reader streams: it needs memory for one record, whatever the size of the file.
 */
#pragma once

#include "base/buf.h"

#include <stdio.h>

/* The limits of one record. */
#define CSV_FIELD_BYTES (1024 * 1024)
#define CSV_RECORD_BYTES (4 * 1024 * 1024)
#define CSV_COLUMNS 500

/* The reason why a file cannot be read as a whole. */
struct csv_fault {
    int64_t line;        /* counted from 1 */
    const char *message; /* English, a literal */
};

struct csv_record {
    int64_t line; /* the line where the record begins */
    size_t count;
    struct str *cells; /* valid UTF-8; valid until the next csv_next */
};

enum csv_encoding { CSV_ANY, CSV_UTF8, CSV_WINDOWS, CSV_MAC, CSV_DOS };
#define CSV_ENCODINGS (CSV_DOS + 1)
struct csv_encoding_name {
    const char *name;
    const struct msgid *label;
};
extern const struct csv_encoding_name csv_encodings[CSV_ENCODINGS];

/* What is known of a file. All zero: nothing is. */
struct csv_options {
    enum csv_encoding encoding; /* CSV_ANY: found in the file */
    char delimiter;             /* 0: found in the file */
};

struct csv_reader;

/*
 * Opens a seekable stream, which stays the caller's, and reads it once to find the encoding, the delimiter and whether
 * it is text at all. Returns NULL and fills *fault if it is not. The reader lives in the arena.
 */
MUST_CHECK struct csv_reader *csv_open(struct arena *arena, FILE *file, const struct csv_options *options,
                                       struct csv_fault *fault);
/* Goes back to the first record. */
MUST_CHECK bool csv_rewind(struct csv_reader *reader, struct csv_fault *fault);

/*
 * Reads the next record; empty lines are skipped, and what csv_cell added to a value is taken back. After CSV_BROKEN
 * (see *fault) only csv_rewind is allowed.
 */
enum csv_step { CSV_RECORD, CSV_END, CSV_BROKEN };
MUST_CHECK enum csv_step csv_next(struct csv_reader *reader, struct csv_record *record, struct csv_fault *fault);

int64_t csv_size(const struct csv_reader *reader);     /* bytes of the file */
int64_t csv_position(const struct csv_reader *reader); /* bytes read since the beginning */

/*
 * How values are written. CSV_DEFUSED puts a `'` before anything a spreadsheet would take for a formula, even a
 * spreadsheet that splits lines at semicolons. CSV_EXACT writes the value as it is, for programs. In both, a `'` that
 * stands before such a formula already gets another, so that the reader can take back what was added.
 */
enum csv_style { CSV_EXACT, CSV_DEFUSED };
/* Takes back what csv_cell added to a value. The result is in the arena or is `cell` itself. */
struct str csv_undefused(struct arena *arena, struct str cell);

/* Appends one cell, with a comma before it unless it is the first of its line. */
void csv_cell(struct buf *out, bool first, struct str value, enum csv_style style);
/* Ends the line with CR LF. */
void csv_end_line(struct buf *out);
