#include "bulk/exchange/stage.h"
#include "i18n/fold.h"

/* Sources that are made by the program have no line for their header. */
static int64_t header_line(const struct load_source *source)
{
    return source->header_line ? source->header_line : 1;
}

#define HEADER_PROBLEM(load_, input_, name_, ...)                                                                      \
    LOAD_PROBLEM(load_, input_, header_line((input_)->source), "header", name_, __VA_ARGS__)

const struct input *load_input(const struct load *load, enum format_id id)
{
    for (size_t i = 0; i < load->input_count; i++) {
        if (load->inputs[i].format == &formats[id])
            return &load->inputs[i];
    }
    return NULL;
}

bool input_gives(const struct input *input, const char *column)
{
    const struct column *known = format_column(input->format, str_of(column));
    return known && input->given[known - input->format->columns];
}

/* --- what a heading means ----------------------------------------------------------------------------------------- */

/* What lists of the portal show beside the fields: a column under another label, or nothing that a file has. */
static const struct {
    enum format_id format;
    const char *name; /* in CSV; NULL: the code name of the column */
    const struct msgid *label;
    const char *column; /* NULL: only shown */
} LISTED[] = {
    {FORMAT_OBJECTS, NULL, _("Customer number"), "customer"},
    {FORMAT_OBJECTS, NULL, _("Lies in object (number)"), "parent"},
    {FORMAT_ARTICLES, "active", _("Active"), NULL},
    {FORMAT_CASES, "booked", _("Booked"), NULL},
    {FORMAT_CASES, "technician", _("Technician"), NULL},
    {FORMAT_SPECIFICATIONS, NULL, _("Customer number"), "customer"},
    {FORMAT_SPECIFICATIONS, "total", _("Sum (excl. VAT)"), NULL},
};

static bool heading_says(struct arena *arena, struct str folded, const struct msgid *label)
{
    return str_eq(folded, fold_case(arena, tr(LANG_SV, label))) || str_eq(folded, fold_case(arena, tr(LANG_EN, label)));
}

static bool heading_of_list(struct arena *arena, const struct format *format, struct str name, struct str folded,
                            struct heading *heading)
{
    for (size_t i = 0; i < sizeof LISTED / sizeof *LISTED; i++) {
        if (&formats[LISTED[i].format] != format || !((LISTED[i].name && str_eq_nocase(name, str_of(LISTED[i].name))) ||
                                                      heading_says(arena, folded, LISTED[i].label)))
            continue;
        heading->kind = LISTED[i].column ? HEADING_COLUMN : HEADING_SHOWN;
        heading->by_list = LISTED[i].column != NULL;
        heading->column = LISTED[i].column ? format_column(format, str_of(LISTED[i].column)) : NULL;
        return true;
    }
    return false;
}

/* `customer_name` stands beside `customer` in lists. */
static const struct column *heading_beside(const struct format *format, struct str name)
{
    static const struct str suffix = STR_INIT("_name");
    if (name.n <= suffix.n || !str_eq_nocase(str_slice(name, name.n - suffix.n, name.n), suffix))
        return NULL;
    const struct column *column = format_column(format, str_slice(name, 0, name.n - suffix.n));
    return column && column_refers(column) ? column : NULL;
}

static bool heading_of_field(struct arena *arena, const struct format *format, struct str name, struct str folded,
                             struct heading *heading)
{
    for (size_t i = 0; i < format->column_count; i++) {
        const struct entity_field *field = format->columns[i].field;
        if (!field || !(str_eq_nocase(name, str_of(field->name)) || heading_says(arena, folded, field->label)))
            continue;
        heading->kind = HEADING_COLUMN;
        heading->column = &format->columns[i];
        return true;
    }
    return false;
}

static bool heading_of_extra(struct arena *arena, const struct config *config, const struct format *format,
                             struct str folded, struct heading *heading)
{
    for (size_t i = 0; format->extra && config && i < config->field_count; i++) {
        const struct config_field *field = &config->fields[i];
        if (!field->key.n || !(str_eq(folded, fold_case(arena, field->label[LANG_SV])) ||
                               str_eq(folded, fold_case(arena, field->label[LANG_EN]))))
            continue;
        heading->kind = HEADING_EXTRA;
        heading->extra_key = field->key;
        return true;
    }
    return false;
}

struct heading heading_read(struct arena *arena, const struct config *config, const struct format *format,
                            struct str name)
{
    struct heading heading = {.kind = HEADING_COLUMN, .column = format_column(format, name)};
    struct str prefix = str_slice(name, 0, sizeof EXTRA_PREFIX - 1);
    if (heading.column)
        return heading;
    if (format->extra && str_eq_nocase(prefix, STR(EXTRA_PREFIX)))
        return (struct heading){.kind = HEADING_EXTRA, .extra_key = str_slice(name, prefix.n, name.n)};
    struct str folded = name.n ? fold_case(arena, name) : STR_NONE;
    if (folded.n && (heading_of_list(arena, format, name, folded, &heading) ||
                     heading_of_field(arena, format, name, folded, &heading) ||
                     heading_of_extra(arena, config, format, folded, &heading)))
        return heading;
    heading.beside = heading_beside(format, name);
    heading.kind = heading.beside ? HEADING_SHOWN : HEADING_UNKNOWN;
    return heading;
}

bool header_fits(struct arena *arena, const struct format *format, const struct str *header, size_t count)
{
    if (!format)
        return load_file_of_header(arena, header, count) != NULL;
    for (size_t i = 0; i < format->column_count; i++) {
        bool found = !column_is_key(&format->columns[i]);
        for (size_t k = 0; !found && k < count; k++)
            found = heading_read(arena, NULL, format, str_trim(header[k])).column == &format->columns[i];
        if (!found)
            return false;
    }
    return true;
}

/* --- the columns of an input -------------------------------------------------------------------------------------- */

static void header_take_extra(struct load *load, struct input *input, size_t at, struct str key)
{
    struct str name = str_trim(input->source->header[at]);
    if (!extra_key_valid(key)) {
        HEADER_PROBLEM(load, input, name, "extra_ and a key of 1 to 60 characters is needed");
        return;
    }
    for (size_t i = 0; i < at; i++) {
        if (!input->destinations[i].column && str_eq(input->destinations[i].extra_key, key))
            HEADER_PROBLEM(load, input, name, "the column is there twice");
    }
    input->destinations[at].extra_key = key;
}

/* Returns whether a column is the name beside a number: `Customer` where a list has `Customer number` too. */
static bool header_only_shows(const struct heading *headings, size_t count, size_t at)
{
    for (size_t i = 0; headings[at].column && !headings[at].by_list && i < count; i++) {
        if (headings[i].column == headings[at].column && headings[i].by_list)
            return true;
    }
    return headings[at].kind == HEADING_SHOWN;
}

static void take_column(struct load *load, struct input *input, const struct heading *headings, size_t at)
{
    struct str name = str_trim(input->source->header[at]);
    const struct heading *heading = &headings[at];
    struct destination *to = &input->destinations[at];
    if (heading->beside && made_names(input, heading->beside))
        to->beside = heading->beside;
    if (header_only_shows(headings, input->source->header_count, at))
        return;
    if (heading->kind == HEADING_EXTRA) {
        header_take_extra(load, input, at, heading->extra_key);
    } else if (heading->kind == HEADING_UNKNOWN) {
        HEADER_PROBLEM(load, input, name, "%s has no such column", input->format->file);
    } else {
        bool *given = &input->given[heading->column - input->format->columns];
        if (*given)
            HEADER_PROBLEM(load, input, name, "the column is there twice");
        *given = true;
        to->column = heading->column;
        to->at = column_position(input->format, heading->column);
    }
}

bool header_read(struct load *load, struct input *input)
{
    int64_t before = load->problems.count;
    const struct load_source *source = input->source;
    struct heading *headings = ARENA_ARRAY(load->arena, struct heading, source->header_count);
    input->destinations = ARENA_ARRAY(load->arena, struct destination, source->header_count);
    for (size_t i = 0; i < source->header_count; i++)
        headings[i] = heading_read(load->arena, load->options->config, input->format, str_trim(source->header[i]));
    for (size_t i = 0; i < source->header_count; i++)
        take_column(load, input, headings, i);
    for (size_t i = 0; i < input->format->column_count; i++) {
        const struct column *column = &input->format->columns[i];
        if (column_kind(column) == CELL_MADE)
            input->given[i] = true;
        if (column_is_key(column) && !input->given[i])
            LOAD_PROBLEM(load, input, header_line(source), column_name_literal(column), STR_NONE,
                         "the column is missing");
    }
    return load->problems.count == before;
}
