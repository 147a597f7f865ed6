/* Reads the rows of a sheet. */
#include "service/workbook_parts.h"

#include <string.h>

#define LAST_ROW 1048576
#define LAST_COLUMN 16384

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_INLINE, TYPE_BOOLEAN, TYPE_ERROR, TYPE_DATE };

struct rows {
    struct workbook *book;
    bool (*take)(void *context, int64_t row, const struct str *cells, size_t count);
    void *context;
    struct arena *arena; /* memory of one row */
    int64_t row;
    struct str *cells;
    size_t count, bytes; /* up to the last cell that is not empty */
    size_t column;       /* column of the last cell, from 1 */
    enum cell_type type;
    size_t style;
    struct buf value;
    int phonetic;
    bool in_cell, in_value;
};

/* Returns the column of a reference: 3 for `C5`; 0 if it is not a reference. */
static size_t column_of(struct str reference)
{
    size_t column = 0, at = 0;
    while (at < reference.n && at < 3 && reference.p[at] >= 'A' && reference.p[at] <= 'Z')
        column = column * 26 + (size_t)(reference.p[at++] - 'A') + 1;
    return at < reference.n && reference.p[at] >= '1' && reference.p[at] <= '9' && column <= LAST_COLUMN ? column : 0;
}

static bool row_open(struct rows *rows, struct xml *xml, const char *const *attributes)
{
    struct str number = xml_attribute(attributes, "r");
    int64_t row = rows->row + 1;
    /* A row inside a cell is refused: the text of the outer cell is in the memory that is reset below. */
    if (rows->cells || rows->in_cell)
        return xml_refuse(xml, "its rows lie in each other");
    if (number.n && (!str_to_int(number, &row) || row <= rows->row))
        return xml_refuse(xml, "its rows are not in order");
    if (row > LAST_ROW)
        return xml_refuse(xml, "it has too many rows");
    rows->row = row;
    arena_reset(rows->arena);
    rows->cells = ARENA_ARRAY(rows->arena, struct str, ROW_COLUMNS);
    rows->count = rows->bytes = rows->column = 0;
    return true;
}

static enum cell_type workbook_rows_type_of(struct str name)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", TYPE_SHARED},  {"str", TYPE_TEXT}, {"inlineStr", TYPE_INLINE},
                 {"b", TYPE_BOOLEAN}, {"e", TYPE_ERROR},  {"d", TYPE_DATE}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_eqz(name, types[i].name))
            return types[i].type;
    }
    return TYPE_NUMBER;
}

static bool cell_open(struct rows *rows, struct xml *xml, const char *const *attributes)
{
    struct str reference = xml_attribute(attributes, "r");
    int64_t style = 0;
    size_t column = reference.n ? column_of(reference) : rows->column + 1;
    if (!rows->cells || column <= rows->column || column > LAST_COLUMN)
        return xml_refuse(xml, "its cells are not in order");
    if (!str_to_int(xml_attribute(attributes, "s"), &style) || style < 0)
        style = 0;
    rows->column = column;
    rows->type = workbook_rows_type_of(xml_attribute(attributes, "t"));
    rows->style = (size_t)style;
    rows->in_cell = true;
    buf_init(&rows->value, rows->arena);
    return true;
}

static bool element_open(void *context, struct xml *xml, const char *name, const char *const *attributes)
{
    struct rows *rows = context;
    if (strcmp(name, "row") == 0)
        return row_open(rows, xml, attributes);
    if (strcmp(name, "c") == 0)
        return cell_open(rows, xml, attributes);
    rows->phonetic += strcmp(name, "rPh") == 0;
    rows->in_value = rows->in_cell &&
                     (rows->type == TYPE_INLINE ? !rows->phonetic && strcmp(name, "t") == 0 : strcmp(name, "v") == 0);
    return true;
}

static bool element_text(void *context, struct xml *xml, struct str text)
{
    struct rows *rows = context;
    if (!rows->in_value)
        return true;
    if (rows->value.n + text.n > VALUE_BYTES)
        return xml_refuse(xml, "a value has more than 1 MiB");
    buf_str(&rows->value, text);
    return true;
}

/* --- the text of a cell ------------------------------------------------------------------------------------------- */

static bool shared_text(struct rows *rows, struct xml *xml, struct str number, struct str *text)
{
    int64_t at = 0;
    if (!str_to_int(str_trim(number), &at) || at < 0 || !strings_get(rows->book, rows->arena, (size_t)at, text))
        return xml_refuse(xml, "a cell speaks of a text that is not there");
    return true;
}

static bool workbook_rows_cell_text(struct rows *rows, struct xml *xml, struct str *text)
{
    const struct workbook *book = rows->book;
    struct str value = rows->value.n ? buf_text(&rows->value) : STR_NONE;
    *text = value;
    if (!value.n)
        return true;
    switch (rows->type) {
    case TYPE_SHARED:
        return shared_text(rows, xml, value, text);
    case TYPE_BOOLEAN:
        *text = str_eqz(value, "1") || str_eqz(value, "true") ? STR("yes") : STR("no");
        return true;
    case TYPE_ERROR:
        return xml_refuse(xml, "a cell shows an error, such as #N/A or #VALUE!");
    case TYPE_TEXT:
    case TYPE_INLINE:
        *text = string_unescape(rows->arena, value);
        return true;
    case TYPE_DATE:
        return true;
    case TYPE_NUMBER:
        break;
    }
    enum show show = rows->style < book->show_count ? (enum show)book->shows[rows->style] : SHOW_NUMBER;
    *text = number_show(rows->arena, value, show, book->from_1904);
    return true;
}

static bool cell_close(struct rows *rows, struct xml *xml)
{
    struct str text;
    rows->in_cell = false;
    if (!workbook_rows_cell_text(rows, xml, &text))
        return false;
    if (!text.n)
        return true;
    if (rows->column > ROW_COLUMNS)
        return xml_refuse(xml, "a row has more than 500 values");
    rows->bytes += text.n;
    if (rows->bytes > ROW_BYTES)
        return xml_refuse(xml, "a row has more than 4 MiB");
    rows->book->shown += (int64_t)text.n;
    if (!workbook_measure(rows->book, rows->book->shown))
        return xml_refuse(xml, WORKBOOK_TOO_LARGE);
    rows->cells[rows->column - 1] = text;
    rows->count = rows->column;
    return true;
}

static bool element_close(void *context, struct xml *xml, const char *name)
{
    struct rows *rows = context;
    rows->in_value = false;
    rows->phonetic -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "c") == 0 && rows->in_cell)
        return cell_close(rows, xml);
    if (strcmp(name, "row") != 0 || !rows->cells)
        return true;
    struct str *cells = rows->cells;
    rows->cells = NULL;
    if (rows->count && !rows->take(rows->context, rows->row, cells, rows->count))
        return xml_refuse(xml, NULL);
    return true;
}

bool workbook_rows(struct workbook *book, size_t sheet,
                   bool (*take)(void *context, int64_t row, const struct str *cells, size_t count), void *context,
                   struct workbook_fault *fault)
{
    struct rows rows = {.book = book, .take = take, .context = context, .arena = arena_create()};
    struct xml_reader reader = {element_open, element_close, element_text, &rows};
    int64_t before = book->unpacked; /* reading the sheet again does not add to the count */
    book->shown = 0;
    bool ok = part_read(book, book->sheets[sheet].path, &reader, NULL, fault);
    if (!ok && rows.row)
        fault->row = rows.row;
    book->unpacked = before;
    arena_destroy(rows.arena);
    return ok;
}
