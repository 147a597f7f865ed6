#include "bulk/exchange/mapping.h"

#include "bulk/exchange/load.h"

#include <string.h>

/* --- reading ------------------------------------------------------------------------------------------------------ */

struct mapping_reader {
    struct arena *arena;
    struct load_mapping *mapping; /* NULL: no section has begun */
    size_t column_room, left_out_room, word_room;
    const char *problem;
};

static bool mapping_refuse(struct mapping_reader *reader, const char *problem)
{
    reader->problem = problem;
    return false;
}

/* Cuts `, part 2- at " "` off the end of a source; `at postal code` separates there. */
static bool mapping_take_part(struct mapping_reader *reader, struct str source, struct mapping_column *column)
{
    static const struct str mark = STR_INIT(", part ");
    struct str rest = source;
    size_t at = source.n;
    for (ptrdiff_t found; (found = str_find(rest, mark)) >= 0;) {
        at = source.n - rest.n + (size_t)found;
        rest = str_slice(rest, (size_t)found + mark.n, rest.n);
    }
    column->heading = str_trim(str_slice(source, 0, at));
    if (at == source.n)
        return true;
    if (!column->heading.n)
        return mapping_refuse(reader, "a heading is needed before its part");
    struct str number, separator = rest;
    int64_t part = 0;
    if (!str_cut(&separator, ' ', &number) || !str_starts(separator, STR("at ")))
        return mapping_refuse(reader, "after the heading: part NUMBER at \"SEPARATOR\", or at postal code");
    column->rest = str_ends(number, STR("-"));
    separator = str_trim(str_slice(separator, 3, separator.n));
    if (!str_to_int(str_slice(number, 0, number.n - column->rest), &part) || part < 1 || part > 100)
        return mapping_refuse(reader, "a part has a number from 1 on, or a number and - for all parts after it, too");
    column->part = (int)part;
    if (str_eqz(separator, "postal code"))
        return true;
    if (separator.n < 3 || separator.p[0] != '"' || separator.p[separator.n - 1] != '"')
        return mapping_refuse(reader, "a separator stands in quotation marks");
    column->separator = str_slice(separator, 1, separator.n - 1);
    return true;
}

static bool mapping_take_column(struct mapping_reader *reader, struct str target, struct str source)
{
    struct load_mapping *mapping = reader->mapping;
    struct mapping_column column = {.target = target};
    bool quoted = source.n > 1 && source.p[0] == '"' && source.p[source.n - 1] == '"';
    if (quoted)
        column.constant = str_slice(source, 1, source.n - 1);
    else if (!source.n)
        return mapping_refuse(reader, "after =: a heading of the file, or a value in quotation marks");
    else if (!mapping_take_part(reader, source, &column))
        return false;
    mapping->columns = arena_grow(reader->arena, mapping->columns, mapping->column_count, &reader->column_room,
                                  sizeof *mapping->columns);
    mapping->columns[mapping->column_count++] = column;
    return true;
}

bool mapping_set_dates(struct load_mapping *mapping, struct str column, struct str order)
{
    size_t at = 0;
    while (at < mapping->date_count && !str_eq(mapping->dates[at].column, column))
        at++;
    for (int i = LOAD_YMD; at < MAPPING_DATES && i < LOAD_DATE_ORDERS; i++) {
        if (!str_eqz(order, load_date_orders[i]))
            continue;
        mapping->dates[at].column = column;
        mapping->dates[at].order = (enum load_date_order)i;
        mapping->date_count += at == mapping->date_count;
        return true;
    }
    return false;
}

static bool mapping_take_word(struct mapping_reader *reader, struct str rest, struct str value)
{
    struct load_mapping *mapping = reader->mapping;
    struct str column = STR_NONE;
    bool cut = str_cut(&rest, ' ', &column);
    struct str field = load_word_field(reader->arena, mapping->file, column);
    if (!cut || !field.n || !str_trim(rest).n || !value.n)
        return mapping_refuse(reader, "word COLUMN WORD = CODE, for a column of states or of a picklist");
    mapping->words =
        arena_grow(reader->arena, mapping->words, mapping->word_count, &reader->word_room, sizeof *mapping->words);
    mapping->words[mapping->word_count++] = (struct load_meaning){field, str_trim(rest), value};
    return true;
}

static bool mapping_take_encoding(struct mapping_reader *reader, struct str name)
{
    for (int i = CSV_UTF8; i < CSV_ENCODINGS; i++) {
        if (!str_eqz(name, csv_encodings[i].name))
            continue;
        reader->mapping->encoding = (enum csv_encoding)i;
        return true;
    }
    return mapping_refuse(reader, "the encoding is utf-8, windows-1252, mac or dos");
}

static bool mapping_leave_out(struct mapping_reader *reader, struct str heading)
{
    struct load_mapping *mapping = reader->mapping;
    if (str_eqz(heading, "*")) {
        mapping->others_left_out = true;
        return true;
    }
    mapping->left_out = arena_grow(reader->arena, mapping->left_out, mapping->left_out_count, &reader->left_out_room,
                                   sizeof *mapping->left_out);
    mapping->left_out[mapping->left_out_count++] = heading;
    return true;
}

static bool mapping_take_made(struct mapping_reader *reader, struct str value)
{
    for (struct str part; str_cut(&value, ' ', &part);) {
        if (str_eqz(part, "customers"))
            reader->mapping->makes_customers = true;
        else if (str_eqz(part, "objects"))
            reader->mapping->makes_objects = true;
        else if (part.n)
            return mapping_refuse(reader, "customers and objects can be made");
    }
    return true;
}

static bool mapping_take_line(struct mapping_reader *reader, struct str line)
{
    static const struct str date = STR_INIT("date "), word = STR_INIT("word ");
    struct str value = line, key = STR_NONE;
    if (!reader->mapping)
        return mapping_refuse(reader, "a mapping begins with the file it is for, such as [cases.csv]");
    if (str_find_char(line, '=') < 0 || !str_cut(&value, '=', &key))
        return mapping_refuse(reader, "COLUMN = HEADING is needed");
    key = str_trim(key);
    value = str_trim(value);
    if (str_starts(key, date))
        return mapping_set_dates(reader->mapping, str_trim(str_slice(key, date.n, key.n)), value) ||
               mapping_refuse(reader, "the order of dates is ymd, dmy or mdy");
    if (str_starts(key, word))
        return mapping_take_word(reader, str_slice(key, word.n, key.n), value);
    if (str_eqz(key, "file")) {
        reader->mapping->name = value;
        return true;
    }
    if (str_eqz(key, "encoding"))
        return mapping_take_encoding(reader, value);
    if (str_eqz(key, "leave out"))
        return mapping_leave_out(reader, value);
    if (str_eqz(key, "make"))
        return mapping_take_made(reader, value);
    return mapping_take_column(reader, key, value);
}

static bool mapping_begin(struct mapping_reader *reader, struct load_mapping *mapping, struct str name)
{
    mapping->file = load_file_of_name(name);
    reader->mapping = mapping;
    reader->column_room = reader->left_out_room = reader->word_room = 0;
    return mapping->file || mapping_refuse(reader, "there is no such file of an import");
}

static bool mapping_is_plain(struct str line)
{
    for (size_t i = 0; i < line.n; i++) {
        if ((unsigned char)line.p[i] < ' ' && line.p[i] != '\t')
            return false;
    }
    return true;
}

bool mapping_read(struct arena *arena, struct str text, const char *file, struct load_mapping **mappings, size_t *count,
                  struct mapping_fault *fault)
{
    struct mapping_reader reader = {.arena = arena};
    struct load_mapping *made = ARENA_ARRAY(arena, struct load_mapping, LOAD_SOURCES_MAX);
    struct str line;
    bool ok = true;
    *mappings = made;
    *count = file ? 1 : 0;
    if (file)
        ok = mapping_begin(&reader, made, str_of(file));
    for (fault->line = 1; ok && str_cut(&text, '\n', &line); fault->line++) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (!mapping_is_plain(line))
            ok = mapping_refuse(&reader, "the line has control characters");
        else if (line.p[0] != '[')
            ok = mapping_take_line(&reader, line);
        else if (line.p[line.n - 1] != ']' || file || *count == LOAD_SOURCES_MAX)
            ok = mapping_refuse(&reader, "a section is needed, such as [cases.csv]");
        else
            ok = mapping_begin(&reader, &made[(*count)++], str_slice(line, 1, line.n - 1));
    }
    fault->line -= !ok;
    fault->message = reader.problem;
    return ok;
}

const struct load_mapping *mapping_of_name(const struct load_mapping *mappings, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(mappings[i].name, name) ||
            (!mappings[i].name.n && load_file_of_name(name) == mappings[i].file))
            return &mappings[i];
    }
    return NULL;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static void mapping_put_column(struct buf *out, const struct mapping_column *column)
{
    if (!column->heading.n) {
        buf_printf(out, "%.*s = \"%.*s\"\n", STR_FMT(column->target), STR_FMT(column->constant));
        return;
    }
    buf_printf(out, "%.*s = %.*s", STR_FMT(column->target), STR_FMT(column->heading));
    if (column->part)
        buf_printf(out, ", part %d%s at ", column->part, column->rest ? "-" : "");
    if (column->part && column->separator.n)
        buf_printf(out, "\"%.*s\"", STR_FMT(column->separator));
    else if (column->part)
        buf_z(out, "postal code");
    buf_char(out, '\n');
}

struct str mapping_text(struct arena *arena, const struct load_mapping *mapping)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, "");
    if (mapping->encoding != CSV_ANY)
        buf_printf(&out, "encoding = %s\n", csv_encodings[mapping->encoding].name);
    for (size_t i = 0; i < mapping->column_count; i++)
        mapping_put_column(&out, &mapping->columns[i]);
    for (size_t i = 0; i < mapping->left_out_count; i++)
        buf_printf(&out, "leave out = %.*s\n", STR_FMT(mapping->left_out[i]));
    if (mapping->others_left_out)
        buf_z(&out, "leave out = *\n");
    for (size_t i = 0; i < mapping->date_count; i++)
        buf_printf(&out, "date %.*s = %s\n", STR_FMT(mapping->dates[i].column),
                   load_date_orders[mapping->dates[i].order]);
    if (mapping->makes_customers || mapping->makes_objects)
        buf_printf(&out, "make =%s%s\n", mapping->makes_customers ? " customers" : "",
                   mapping->makes_objects ? " objects" : "");
    return buf_text(&out);
}
