/*
 * Takes rows as people mean them: finds the header below titles, and passes over blank rows, over empty columns after
 * the last heading, and over the ends of rows that a spreadsheet did not write because they are empty.
 */
#include "bulk/exchange/load.h"
#include "bulk/exchange/mapping.h"
#include "service/csv.h"

struct tidy {
    struct load_source rows; /* as they stand in the file, with the header among them */
    size_t skip;             /* rows up to the header */
    size_t width;
    struct str cells[CSV_COLUMNS]; /* of a row that is too short */
};

/* Returns how many cells a row has up to the last one that is not blank. */
static size_t row_width(const struct load_row *row)
{
    size_t width = row->count;
    while (width && !str_trim(row->cells[width - 1]).n)
        width--;
    return width;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static bool tidy_rewind(void *context)
{
    struct tidy *tidy = context;
    struct load_row row;
    const char *broken;
    if (!tidy->rows.rewind(tidy->rows.context))
        return false;
    for (size_t i = 0; i < tidy->skip; i++) {
        if (tidy->rows.next(tidy->rows.context, &row, &broken) != LOAD_ROW)
            return false;
    }
    return true;
}

/* Gives the row as many cells as the header has, unless it has more that are not blank. */
static void tidy_fit(struct tidy *tidy, struct load_row *row)
{
    if (row->count > tidy->width) {
        size_t width = row_width(row);
        row->count = width > tidy->width ? width : tidy->width;
        return;
    }
    for (size_t i = 0; i < tidy->width; i++)
        tidy->cells[i] = i < row->count ? row->cells[i] : STR("");
    row->cells = tidy->cells;
    row->count = tidy->width;
}

static enum load_step tidy_next(void *context, struct load_row *row, const char **broken)
{
    struct tidy *tidy = context;
    enum load_step step;
    do {
        step = tidy->rows.next(tidy->rows.context, row, broken);
    } while (step == LOAD_ROW && !(row->cells[0].n && str_trim(row->cells[0]).n) && !row_width(row));
    if (step == LOAD_ROW && row->count != tidy->width)
        tidy_fit(tidy, row);
    return step;
}

static double tidy_done(void *context)
{
    const struct tidy *tidy = context;
    return tidy->rows.done(tidy->rows.context);
}

/* --- the header --------------------------------------------------------------------------------------------------- */

/* Returns whether a row has all headings that the mapping names. */
static bool header_has_named(struct arena *arena, const struct load_mapping *mapping, const struct load_row *row)
{
    bool any = false;
    for (size_t i = 0; i < mapping->column_count; i++) {
        struct str heading = mapping->columns[i].heading;
        if (heading.n && mapping_column_of(arena, row->cells, row->count, heading) == row->count)
            return false;
        any = any || heading.n;
    }
    return any;
}

/*
 * Chooses the first row with the headings of the mapping, or with the key columns of the file; else the first that is
 * at least half as wide as the widest, since titles stand in one cell or two.
 */
size_t header_choose(struct arena *arena, const struct format *format, const struct load_mapping *mapping,
                     const struct load_row *rows, size_t count)
{
    size_t widest = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        if (mapping ? header_has_named(arena, mapping, &rows[i])
                    : header_fits(arena, format, rows[i].cells, rows[i].count))
            return i;
        widest = rows[i].count > widest ? rows[i].count : widest;
    }
    while (at + 1 < count && (rows[at].count < 2 || rows[at].count * 2 < widest) && widest > 1)
        at++;
    return at;
}

/* Reads the first rows that are not blank; `skips` says how many rows stand before each and itself. */
static enum load_step header_rows(struct arena *arena, const struct load_source *source, struct load_row *rows,
                                  size_t *skips, size_t *count, const char **broken)
{
    struct load_row row = {0};
    enum load_step step = LOAD_ROW;
    size_t skip = 0;
    for (*count = 0; *count < HEADER_ROWS; skip++) {
        step = source->next(source->context, &row, broken);
        if (step != LOAD_ROW)
            break;
        size_t width = row_width(&row);
        if (!width)
            continue;
        struct str *cells = ARENA_ARRAY(arena, struct str, width);
        for (size_t i = 0; i < width; i++)
            cells[i] = arena_str(arena, row.cells[i]);
        skips[*count] = skip + 1;
        rows[(*count)++] = (struct load_row){row.line, width, cells};
    }
    if (step == LOAD_BROKEN)
        rows[*count] = row;
    return *count ? LOAD_ROW : step;
}

bool tidy_open(struct arena *arena, const struct format *format, struct load_source *source, int64_t *line,
               const char **broken)
{
    struct tidy *tidy = ARENA_NEW(arena, struct tidy);
    struct load_row rows[HEADER_ROWS + 1] = {{0}};
    size_t skips[HEADER_ROWS], count = 0;
    *line = 1;
    *broken = "the file cannot be read again";
    if (!source->rewind(source->context))
        return false;
    enum load_step step = header_rows(arena, source, rows, skips, &count, broken);
    if (step != LOAD_ROW) {
        *line = step == LOAD_END ? 1 : rows[0].line;
        *broken = step == LOAD_END ? "the file is empty; it needs at least a header" : *broken;
        return false;
    }
    size_t at = header_choose(arena, format, source->mapping, rows, count);
    *tidy = (struct tidy){.rows = *source, .skip = skips[at], .width = rows[at].count};
    source->header = rows[at].cells;
    source->header_count = rows[at].count;
    source->header_line = *line = rows[at].line;
    source->found = rows[at].cells;
    source->first = at + 1 < count ? rows[at + 1].cells : NULL;
    source->first_count = at + 1 < count ? rows[at + 1].count : 0;
    source->found_count = rows[at].count;
    source->rewind = tidy_rewind;
    source->next = tidy_next;
    source->done = tidy_done;
    source->context = tidy;
    return mapping_apply(arena, source, broken);
}
