/*
 * Sheets of workbooks as sources of a load. A load reads its rows several times from the beginning, so the rows are
 * unpacked into an unnamed file: for each its number in the sheet, the number of its values, and the values with their
 * lengths.
 */
#include "bulk/exchange/load.h"

#include <string.h>

#define NO_ROOM "there is no room on the disk to read it"

struct scratch {
    FILE *file;
    struct arena *row;
    int64_t size, at;
    bool full; /* the disk is full */
};

/* --- unpacking ---------------------------------------------------------------------------------------------------- */

static void workbook_source_put(struct scratch *scratch, const void *bytes, size_t n)
{
    if (n && fwrite(bytes, 1, n, scratch->file) != n)
        scratch->full = true;
    scratch->size += (int64_t)n;
}

static bool put_row(void *context, int64_t row, const struct str *cells, size_t count)
{
    struct scratch *scratch = context;
    uint64_t head[2] = {(uint64_t)row, count};
    workbook_source_put(scratch, head, sizeof head);
    for (size_t i = 0; i < count; i++) {
        uint64_t n = cells[i].n;
        workbook_source_put(scratch, &n, sizeof n);
        workbook_source_put(scratch, cells[i].p, cells[i].n);
    }
    return !scratch->full;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool scratch_rewind(void *context)
{
    struct scratch *scratch = context;
    scratch->at = 0;
    return fseeko(scratch->file, 0, SEEK_SET) == 0;
}

static bool get(struct scratch *scratch, void *bytes, size_t n)
{
    scratch->at += (int64_t)n;
    return !n || fread(bytes, 1, n, scratch->file) == n;
}

static bool get_cells(struct scratch *scratch, size_t count, struct str *cells)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t n = 0;
        if (!get(scratch, &n, sizeof n))
            return false;
        char *bytes = arena_alloc(scratch->row, (size_t)n + 1);
        if (!get(scratch, bytes, (size_t)n))
            return false;
        cells[i] = (struct str){bytes, (size_t)n};
    }
    return true;
}

static enum load_step scratch_next(void *context, struct load_row *row, const char **broken)
{
    struct scratch *scratch = context;
    uint64_t head[2] = {0, 0};
    if (scratch->at >= scratch->size)
        return LOAD_END;
    arena_reset(scratch->row);
    bool ok = get(scratch, head, sizeof head);
    size_t count = (size_t)head[1];
    struct str *cells = ARENA_ARRAY(scratch->row, struct str, count);
    *row = (struct load_row){(int64_t)head[0], count, cells};
    if (ok && get_cells(scratch, count, cells))
        return LOAD_ROW;
    *broken = "the file cannot be read again";
    return LOAD_BROKEN;
}

static double scratch_done(void *context)
{
    const struct scratch *scratch = context;
    return scratch->size ? (double)scratch->at / (double)scratch->size : 1;
}

static void destroy_arena(void *arena)
{
    arena_destroy(arena);
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool workbook_source_refuse(struct workbook_fault *fault, int64_t row, const char *message)
{
    *fault = (struct workbook_fault){row, message};
    return false;
}

/* The first rows of a sheet. */
struct first {
    struct arena *arena;
    struct load_row rows[HEADER_ROWS];
    size_t count;
};

static bool take_first(void *context, int64_t row, const struct str *cells, size_t count)
{
    struct first *first = context;
    struct str *copies = ARENA_ARRAY(first->arena, struct str, count);
    for (size_t i = 0; i < count; i++)
        copies[i] = arena_str(first->arena, cells[i]);
    first->rows[first->count++] = (struct load_row){row, count, copies};
    return first->count < HEADER_ROWS;
}

bool load_sheet_header(struct arena *arena, struct workbook *book, size_t sheet, const struct str **header,
                       size_t *count, struct workbook_fault *fault)
{
    struct first first = {.arena = arena};
    *count = 0;
    if (!workbook_rows(book, sheet, take_first, &first, fault) && !first.count)
        return false;
    if (!first.count)
        return true;
    const struct load_row *row = &first.rows[header_choose(arena, NULL, NULL, first.rows, first.count)];
    *header = row->cells;
    *count = row->count;
    return true;
}

bool sheet_open(struct arena *arena, struct workbook *book, size_t sheet, struct str data, struct load_source *source,
                struct workbook_fault *fault)
{
    struct scratch *scratch = ARENA_NEW(arena, struct scratch);
    scratch->file = workbook_scratch(arena, data);
    if (!scratch->file)
        return workbook_source_refuse(fault, 1, NO_ROOM);
    if (!workbook_rows(book, sheet, put_row, scratch, fault))
        return false;
    if (scratch->full || fflush(scratch->file) != 0)
        return workbook_source_refuse(fault, 1, NO_ROOM);
    scratch->row = arena_create();
    arena_on_release(arena, destroy_arena, scratch->row);
    source->workbook = true;
    source->rewind = scratch_rewind;
    source->next = scratch_next;
    source->done = scratch_done;
    source->context = scratch;
    return tidy_open(arena, format_of_file(source->file), source, &fault->row, &fault->message);
}
