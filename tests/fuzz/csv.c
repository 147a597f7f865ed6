/*
 * CSV files from outside: everything that is read must be valid text and come back the same when it is
 * written and read again.
 */
#include "service/csv.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static FILE *open_bytes(const void *bytes, size_t n)
{
    FILE *file = fmemopen((void *)(uintptr_t)bytes, n, "rb");
    must(file != NULL);
    return file;
}

/* Values that are written, exactly or so that no spreadsheet takes them for formulas, are read as they were. */
static void check_record(struct arena *arena, const struct csv_record *record, enum csv_style style)
{
    struct csv_fault fault;
    struct csv_record again;
    struct buf out;
    buf_init(&out, arena);
    must(record->count >= 1 && record->count <= CSV_COLUMNS && record->line >= 1);
    /* A header before it, so that its commas do not decide the delimiter. */
    buf_z(&out, "a,b,c\r\n");
    for (size_t i = 0; i < record->count; i++) {
        must(utf8_valid(record->cells[i]) && record->cells[i].n <= CSV_FIELD_BYTES + 3);
        csv_cell(&out, i == 0, record->cells[i], style);
    }
    /* A line after it, so that a Ctrl-Z in its last cell does not end the file. */
    buf_z(&out, "\r\nz\r\n");
    FILE *file = open_bytes(out.p, out.n);
    struct csv_reader *reader = csv_open(arena, file, &(struct csv_options){0}, &fault);
    must(reader && csv_next(reader, &again, &fault) == CSV_RECORD);
    /* One empty value alone is an empty line. */
    if (record->count > 1 || record->cells[0].n) {
        must(csv_next(reader, &again, &fault) == CSV_RECORD && again.count == record->count);
        for (size_t i = 0; i < record->count; i++)
            must(str_eq(again.cells[i], record->cells[i]));
    }
    must(fclose(file) == 0);
}

static void read_as(enum csv_encoding encoding, const uint8_t *data, size_t size)
{
    struct csv_fault fault = {0};
    struct csv_record record;
    struct arena *arena = arena_create(), *row = arena_create();
    FILE *file = open_bytes(data, size);
    const struct csv_options options = {.encoding = encoding};
    struct csv_reader *reader = csv_open(arena, file, &options, &fault);
    enum csv_step step = CSV_BROKEN;
    for (int count = 0; reader && (step = csv_next(reader, &record, &fault)) == CSV_RECORD && count < 50; count++) {
        check_record(row, &record, CSV_EXACT);
        check_record(row, &record, CSV_DEFUSED);
        arena_reset(row);
    }
    if (step == CSV_BROKEN)
        must(fault.line >= 1 && fault.message);
    must(fclose(file) == 0);
    arena_destroy(row);
    arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int encoding = CSV_ANY; size && encoding < CSV_ENCODINGS; encoding++)
        read_as((enum csv_encoding)encoding, data, size);
    return 0;
}
