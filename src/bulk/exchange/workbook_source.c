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
    struct str *header;
    size_t header_count;
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

struct first {
    struct arena *arena;
    struct scratch *scratch;
    bool more; /* the rows after the header are wanted, too */
};

static bool take_first(void *context, int64_t row, const struct str *cells, size_t count)
{
    struct first *first = context;
    struct scratch *scratch = first->scratch;
    if (scratch->header)
        return put_row(scratch, row, cells, count);
    scratch->header = ARENA_ARRAY(first->arena, struct str, count);
    for (size_t i = 0; i < count; i++)
        scratch->header[i] = arena_str(first->arena, cells[i]);
    scratch->header_count = count;
    return first->more;
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

/* Fills the end of a short row with empty cells. */
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
    size_t count = (size_t)head[1], width = count > scratch->header_count ? count : scratch->header_count;
    struct str *cells = ARENA_ARRAY(scratch->row, struct str, width);
    *row = (struct load_row){(int64_t)head[0], width, cells};
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

bool load_sheet_header(struct arena *arena, struct workbook *book, size_t sheet, struct str **header, size_t *count,
                       struct workbook_fault *fault)
{
    struct scratch scratch = {.file = NULL};
    struct first first = {arena, &scratch, false};
    if (!workbook_rows(book, sheet, take_first, &first, fault))
        return false;
    *header = scratch.header;
    *count = scratch.header_count;
    return true;
}

bool sheet_open(struct arena *arena, struct workbook *book, size_t sheet, struct str data, struct load_source *source,
                struct workbook_fault *fault)
{
    struct scratch *scratch = ARENA_NEW(arena, struct scratch);
    struct first first = {arena, scratch, true};
    scratch->file = workbook_scratch(arena, data);
    if (!scratch->file)
        return workbook_source_refuse(fault, 1, NO_ROOM);
    if (!workbook_rows(book, sheet, take_first, &first, fault))
        return false;
    if (scratch->full || fflush(scratch->file) != 0)
        return workbook_source_refuse(fault, 1, NO_ROOM);
    if (!scratch->header)
        return workbook_source_refuse(fault, 1, "the sheet is empty; it needs at least a header");
    scratch->row = arena_create();
    arena_on_release(arena, destroy_arena, scratch->row);
    *source = (struct load_source){.header = scratch->header,
                                   .header_count = scratch->header_count,
                                   .rewind = scratch_rewind,
                                   .next = scratch_next,
                                   .done = scratch_done,
                                   .context = scratch};
    return true;
}
