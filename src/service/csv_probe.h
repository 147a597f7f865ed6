/* Finds out which kind of CSV a file is, by reading it once. For csv_*.c only. */
#pragma once

#include "service/csv.h"

struct csv_probe {
    enum csv_encoding encoding; /* never CSV_ANY */
    char delimiter;
    int64_t size;
    int64_t start, end; /* the bytes between the marks at the beginning and those at the end */
    int64_t first_line; /* the line at `start` */
};

/* Encoding and delimiter of the probe are found unless `options` says them. */
MUST_CHECK bool csv_probe(FILE *file, const struct csv_options *options, struct csv_probe *probe,
                          struct csv_fault *fault);
/* Returns the code point of a byte; 0: the encoding has no such letter. `byte` is ASCII, or the encoding not UTF-8. */
unsigned csv_code_point(enum csv_encoding encoding, unsigned char byte);
/* Appends a byte of 0x80 or more as UTF-8. */
void csv_put_byte(struct buf *out, enum csv_encoding encoding, unsigned char byte);
