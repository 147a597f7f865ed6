/* Delivers the rows of a file of another system with the columns that its mapping says. */
#include "bulk/exchange/mapping.h"

#include "bulk/exchange/load.h"
#include "i18n/fold.h"

struct mapped_column {
    size_t from;                       /* column of the file; of a constant it does not matter */
    const struct mapping_column *rule; /* NULL: the column is taken as it is */
};

struct mapped {
    struct load_source rows;
    struct mapped_column columns[CSV_COLUMNS];
    struct str header[CSV_COLUMNS], cells[CSV_COLUMNS];
    size_t count;
};

/* --- parts of a value --------------------------------------------------------------------------------------------- */

static bool is_digit_at(struct str text, size_t at)
{
    return at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
}

/* Returns the length of a postal code, `411 01` or `41101`, that begins there and stands alone, or 0. */
static size_t postal_code_length(struct str text, size_t at)
{
    size_t end = at;
    if (at > 0 && is_digit_at(text, at - 1))
        return 0;
    for (int digits = 0; digits < 5; digits++, end++) {
        if (digits == 3 && end < text.n && text.p[end] == ' ')
            end++;
        if (!is_digit_at(text, end))
            return 0;
    }
    return is_digit_at(text, end) ? 0 : end - at;
}

static struct str without_commas(struct str text)
{
    text = str_trim(text);
    while (text.n && text.p[text.n - 1] == ',')
        text = str_trim(str_slice(text, 0, text.n - 1));
    while (text.n && text.p[0] == ',')
        text = str_trim(str_slice(text, 1, text.n));
    return text;
}

/* The parts are what stands before the last postal code, the code, and what stands after it. */
static struct str part_at_postal_code(struct str value, int part)
{
    size_t at = value.n, length = 0;
    while (at > 0 && !length)
        length = postal_code_length(value, --at);
    if (!length)
        return part == 1 ? str_trim(value) : STR("");
    if (part == 2)
        return str_slice(value, at, at + length);
    return without_commas(part == 1 ? str_slice(value, 0, at) : str_slice(value, at + length, value.n));
}

static struct str mapped_part(const struct mapping_column *rule, struct str value)
{
    struct str rest = value;
    if (!rule->part)
        return value;
    if (!rule->separator.n)
        return part_at_postal_code(value, rule->part);
    for (int part = 1;; part++) {
        ptrdiff_t end = str_find(rest, rule->separator);
        if (part == rule->part)
            return str_trim(rule->rest || end < 0 ? rest : str_slice(rest, 0, (size_t)end));
        if (end < 0)
            return STR("");
        rest = str_slice(rest, (size_t)end + rule->separator.n, rest.n);
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static bool mapped_rewind(void *context)
{
    struct mapped *mapped = context;
    return mapped->rows.rewind(mapped->rows.context);
}

static enum load_step mapped_next(void *context, struct load_row *row, const char **broken)
{
    struct mapped *mapped = context;
    enum load_step step = mapped->rows.next(mapped->rows.context, row, broken);
    if (step != LOAD_ROW)
        return step;
    for (size_t i = 0; i < mapped->count; i++) {
        const struct mapping_column *rule = mapped->columns[i].rule;
        if (rule && !rule->heading.n)
            mapped->cells[i] = rule->constant.n ? rule->constant : STR("");
        else
            mapped->cells[i] =
                rule ? mapped_part(rule, row->cells[mapped->columns[i].from]) : row->cells[mapped->columns[i].from];
    }
    row->count = row->count == mapped->rows.header_count ? mapped->count : mapped->count + 1;
    row->cells = mapped->cells;
    return step;
}

static double mapped_done(void *context)
{
    const struct mapped *mapped = context;
    return mapped->rows.done(mapped->rows.context);
}

/* --- the header --------------------------------------------------------------------------------------------------- */

/* Headings are the same whatever their capitals and line breaks. */
static struct str heading_plain(struct arena *arena, struct str heading)
{
    struct str clean = field_clean_text(arena, heading, false);
    return clean.n ? fold_case(arena, clean) : STR("");
}

size_t mapping_column_of(struct arena *arena, const struct str *header, size_t count, struct str heading)
{
    struct str wanted = heading_plain(arena, heading);
    size_t at = 0;
    while (at < count && !str_eq(heading_plain(arena, header[at]), wanted))
        at++;
    return at;
}

static bool mapped_add(struct mapped *mapped, struct str name, size_t from, const struct mapping_column *rule)
{
    if (mapped->count == CSV_COLUMNS)
        return false;
    mapped->header[mapped->count] = name;
    mapped->columns[mapped->count++] = (struct mapped_column){from, rule};
    return true;
}

static const char *mapped_take_rules(struct arena *arena, struct mapped *mapped, const struct load_mapping *mapping,
                                     bool *used)
{
    const struct load_source *rows = &mapped->rows;
    for (size_t i = 0; i < mapping->column_count; i++) {
        const struct mapping_column *rule = &mapping->columns[i];
        size_t at = rule->heading.n ? mapping_column_of(arena, rows->header, rows->header_count, rule->heading) : 0;
        if (at == rows->header_count)
            return arena_printf(arena, "the mapping names a column that is not there: \"%.*s\"", STR_FMT(rule->heading))
                .p;
        used[at] = used[at] || rule->heading.n;
        if (!mapped_add(mapped, rule->target, at, rule))
            return "the mapping has too many columns";
    }
    for (size_t i = 0; i < mapping->left_out_count; i++) {
        size_t at = mapping_column_of(arena, rows->header, rows->header_count, mapping->left_out[i]);
        if (at < rows->header_count)
            used[at] = true;
    }
    return NULL;
}

/* Columns that the mapping does not name are taken by their own names, unless a rule fills that column. */
static bool mapped_take_others(struct arena *arena, struct mapped *mapped, const struct load_mapping *mapping,
                               const bool *used)
{
    const struct format *format = format_of_file(mapping->file);
    for (size_t i = 0; i < mapped->rows.header_count; i++) {
        struct str name = str_trim(mapped->rows.header[i]);
        bool known = heading_read(arena, NULL, format, name).kind != HEADING_UNKNOWN;
        bool filled = mapping_column_of(arena, mapped->header, mapped->count, name) < mapped->count;
        if (used[i] || (mapping->others_left_out && (!known || filled)))
            continue;
        if (!mapped_add(mapped, mapped->rows.header[i], i, NULL))
            return false;
    }
    return true;
}

bool mapping_apply(struct arena *arena, struct load_source *source, const char **broken)
{
    const struct load_mapping *mapping = source->mapping;
    if (!mapping)
        return true;
    struct mapped *mapped = ARENA_NEW(arena, struct mapped);
    bool *used = ARENA_ARRAY(arena, bool, source->header_count + 1);
    mapped->rows = *source;
    *broken = mapped_take_rules(arena, mapped, mapping, used);
    if (*broken)
        return false;
    *broken = "the mapping has too many columns";
    if (!mapped_take_others(arena, mapped, mapping, used))
        return false;
    source->header = mapped->header;
    source->header_count = mapped->count;
    source->rewind = mapped_rewind;
    source->next = mapped_next;
    source->done = mapped_done;
    source->context = mapped;
    return true;
}
