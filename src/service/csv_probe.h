/* Finds out which kind of CSV a file is, by reading it once. For csv_read.c and csv_probe.c only. */
#pragma once

#include "service/csv.h"

struct csv_probe {
    bool bom;
    bool windows_1252; /* else UTF-8 */
    char delimiter;
    int64_t size;
};

MUST_CHECK bool csv_probe(FILE *file, struct csv_probe *probe, struct csv_fault *fault);
/* Appends a Windows-1252 byte of 0x80 or more as UTF-8. */
void csv_windows_1252(struct buf *out, unsigned char byte);
