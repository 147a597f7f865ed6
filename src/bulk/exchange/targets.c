/* The columns that a file of an import can have, for people who say where their values come from. */
#include "bulk/exchange/stage.h"

static void target_add(struct load_target *targets, size_t *count, struct str name, struct str label, bool required)
{
    targets[(*count)++] = (struct load_target){name, label, required};
}

size_t load_targets(struct arena *arena, const struct config *config, enum lang lang, const char *file,
                    struct load_target **targets)
{
    const struct format *format = format_of_file(file);
    size_t extra = format->extra ? config->field_count : 0, count = 0;
    *targets = ARENA_ARRAY(arena, struct load_target, 2 * FORMAT_COLUMNS_MAX + extra);
    for (size_t i = 0; i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        if (column_kind(column) == CELL_MADE)
            continue;
        struct str name = str_of(column_name_literal(column)), label = tr(lang, column->field->label);
        target_add(*targets, &count, name, label, column_required(column));
        bool named = str_eqz(name, "customer") || str_eqz(name, "object");
        if (named && column_refers(column))
            target_add(*targets, &count, arena_printf(arena, "%.*s_name", STR_FMT(name)),
                       tr_fill(arena, lang, _("{1}: name, where it is made"), &label, 1), false);
    }
    for (size_t i = 0; i < extra; i++) {
        if (config->fields[i].key.n)
            target_add(*targets, &count, config->fields[i].name, config->fields[i].label[lang], false);
    }
    return count;
}

struct str load_target_of_heading(struct arena *arena, const struct config *config, const char *file,
                                  struct str heading)
{
    struct heading read = heading_read(arena, config, format_of_file(file), str_trim(heading));
    if (read.kind == HEADING_COLUMN)
        return str_of(column_name_literal(read.column));
    return read.kind == HEADING_EXTRA ? arena_printf(arena, EXTRA_PREFIX "%.*s", STR_FMT(read.extra_key)) : STR_NONE;
}
