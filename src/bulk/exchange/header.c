#include "bulk/exchange/stage.h"

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

static void header_take_extra(struct load *load, struct input *input, size_t at, struct str name)
{
    struct str key = str_slice(name, sizeof EXTRA_PREFIX - 1, name.n);
    if (!extra_key_valid(key)) {
        LOAD_PROBLEM(load, input, 1, "header", name, "extra_ and a key of 1 to 60 characters is needed");
        return;
    }
    for (size_t i = 0; i < at; i++) {
        if (!input->destinations[i].column && str_eq(input->destinations[i].extra_key, key))
            LOAD_PROBLEM(load, input, 1, "header", name, "the column is there twice");
    }
    input->destinations[at].extra_key = key;
}

static void take_column(struct load *load, struct input *input, size_t at, struct str name)
{
    const struct column *column = format_column(input->format, name);
    if (!column && input->format->extra &&
        str_eq_nocase(str_slice(name, 0, sizeof EXTRA_PREFIX - 1), STR(EXTRA_PREFIX))) {
        header_take_extra(load, input, at, name);
        return;
    }
    if (!column) {
        LOAD_PROBLEM(load, input, 1, "header", name, "%s has no such column", input->format->file);
        return;
    }
    bool *given = &input->given[column - input->format->columns];
    if (*given)
        LOAD_PROBLEM(load, input, 1, "header", name, "the column is there twice");
    *given = true;
    input->destinations[at].column = column;
    input->destinations[at].at = column_position(input->format, column);
}

bool header_read(struct load *load, struct input *input)
{
    int64_t before = load->problems.count;
    const struct load_source *source = input->source;
    input->destinations = ARENA_ARRAY(load->arena, struct destination, source->header_count);
    for (size_t i = 0; i < source->header_count; i++)
        take_column(load, input, i, str_trim(source->header[i]));
    for (size_t i = 0; i < input->format->column_count; i++) {
        const struct column *column = &input->format->columns[i];
        if (column_kind(column) == CELL_MADE)
            input->given[i] = true;
        if (column_is_key(column) && !input->given[i])
            LOAD_PROBLEM(load, input, 1, column_name_literal(column), STR_NONE, "the column is missing");
    }
    return load->problems.count == before;
}
