/* Lays settings of the portal on top of others: stored versions on the file, imported files on either. */
#include "service/config_parts.h"

static bool replaces(const struct ini *above, const struct ini_entry *entry, bool form)
{
    if (form && config_is_form(entry->section))
        return true;
    for (size_t i = 0; entry->key.n && i < above->count; i++) {
        if (str_eq(above->entries[i].section, entry->section) && str_eq(above->entries[i].key, entry->key))
            return true;
    }
    return false;
}

/*
 * Lays the entries in `loading` on top of `below`, setting by setting. The form of a new case is replaced as a whole;
 * otherwise a field that was removed from it would come back.
 */
static void lay_on(struct config_loading *loading, const struct ini *below)
{
    struct ini above = loading->ini;
    bool form = false;
    for (size_t i = 0; i < above.count; i++)
        form = form || config_is_form(above.entries[i].section);
    loading->ini = (struct ini){0};
    for (size_t i = 0; i < below->count; i++) {
        if (!replaces(&above, &below->entries[i], form))
            ini_add(loading, below->entries[i]);
    }
    for (size_t i = 0; i < above.count; i++)
        ini_add(loading, above.entries[i]);
}

void config_overlay(struct config_loading *loading, struct str place, struct str text)
{
    struct ini below = loading->ini;
    loading->ini = (struct ini){0};
    ini_parse(loading, place, text);
    config_refuse_unknown(loading);
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        if (!config_is_portal(entry->section, entry->key))
            config_fault(loading, entry->place, "[%.*s] %.*s is no setting of the portal", STR_FMT(entry->section),
                         STR_FMT(entry->key));
    }
    lay_on(loading, &below);
}

/* Takes only the portal's settings from `made`: ports, times and the like stay as they were at the start. */
static void take_portal(const struct config *base, const struct config *made, struct config *config)
{
    *config = *base;
    config_keys_copy(made, config);
    config->logo_bytes = made->logo_bytes;
    config->fields = made->fields;
    config->field_count = made->field_count;
    config->criteria = made->criteria;
    config->criterion_count = made->criterion_count;
    config->columns = made->columns;
    config->column_count = made->column_count;
    config->action_columns = made->action_columns;
    config->action_column_count = made->action_column_count;
}

bool config_with(struct arena *arena, const struct config *base, struct str stored, bool environment,
                 struct config *config, struct config_faults *faults, struct err *err)
{
    const struct config_source *source = base->source;
    struct config_input input = {.file = source->file,
                                 .text = source->text,
                                 .stored_place = STR("stored settings"),
                                 .stored = arena_str(arena, stored),
                                 .environment = environment,
                                 .running = true,
                                 .overrides = source->overrides,
                                 .override_count = source->override_count};
    struct config made;
    if (!config_build(arena, &input, &made, NULL, faults, err))
        return false;
    take_portal(base, &made, config);
    return true;
}

/* --- an imported file --------------------------------------------------------------------------------------------- */

/* Drops a logo that is a path, because the picture itself is not in the imported file. Returns how many it dropped. */
static size_t drop_paths(struct ini *ini)
{
    size_t kept = 0, left_out = 0;
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_entry entry = ini->entries[i];
        bool logo = str_eqz(entry.section, "portal") && str_eqz(entry.key, "logo");
        bool path = logo && entry.value.n && !str_starts(entry.value, STR("data:"));
        left_out += path;
        if (!path)
            ini->entries[kept++] = entry;
    }
    ini->count = kept;
    return left_out;
}

bool config_import(struct arena *arena, const struct config *base, struct str onto, struct str file, struct str text,
                   struct config *config, size_t *left_out, struct config_faults *faults, struct err *err)
{
    struct config made = {.data = STR_NONE};
    struct config_loading loading = {.arena = arena, .config = &made, .faults = faults, .running = true};
    config_keys_default(&loading);
    ini_parse(&loading, STR("stored settings"), arena_str(arena, onto));
    struct ini below = loading.ini;
    loading.ini = (struct ini){0};
    ini_parse(&loading, file, arena_str(arena, text));
    config_refuse_unknown(&loading);
    *left_out = ini_keep_portal(&loading.ini) + drop_paths(&loading.ini);
    lay_on(&loading, &below);
    config_keys_apply(&loading);
    config_check(&loading);
    config_form(&loading);
    config_lists(&loading);
    if (loading.fault_count)
        return err_set(err, ERR_INVALID, NULL, "%.*s", STR_FMT(loading.first_fault));
    take_portal(base, &made, config);
    return true;
}
