#include "service/config.h"

#include "service/config_parts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FILE_LIMIT (1024 * 1024)

/* The input of one run of loading. */
struct config_input {
    struct str file, text;
    struct str above_place, above; /* settings of the portal that are laid on top of `text` */
    size_t *left_out;              /* counts settings of `above` that are not the portal's; NULL: they are faults */
    bool environment;              /* read the environment and the command line too */
    bool running;
    const struct config_override *overrides;
    size_t override_count;
};

/* Adds a fault to the list. A place belongs to an entry if both are the same pointer to a text. */
static void gather_fault(struct config_loading *loading, struct str place, struct str line)
{
    struct config_faults *faults = loading->faults;
    struct config_fault_at fault = {.text = line};
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        if (entry->place.p == place.p) {
            fault.section = entry->section;
            fault.key = entry->key;
        }
    }
    faults->items = arena_grow(loading->arena, faults->items, faults->count, &faults->cap, sizeof *faults->items);
    faults->items[faults->count++] = fault;
}

void config_fault(struct config_loading *loading, struct str place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str text = arena_vprintf(loading->arena, format, args);
    va_end(args);
    struct str line = arena_printf(loading->arena, "%.*s: %.*s", STR_FMT(place), STR_FMT(text));
    if (!loading->fault_count++)
        loading->first_fault = line;
    if (loading->faults)
        gather_fault(loading, place, line);
    if (loading->report) {
        buf_str(loading->report, line);
        buf_char(loading->report, '\n');
    }
}

size_t config_split(struct arena *arena, struct str text, char separator, struct str **parts)
{
    size_t cap = 1, count = 0;
    for (size_t i = 0; i < text.n; i++)
        cap += text.p[i] == separator;
    struct str rest = text, part;
    *parts = ARENA_ARRAY(arena, struct str, cap);
    while (str_cut(&rest, separator, &part)) {
        part = str_trim(part);
        if (part.n)
            (*parts)[count++] = part;
    }
    return count;
}

const struct config_field *config_field(const struct config *config, struct str name)
{
    for (size_t i = 0; i < config->field_count; i++) {
        if (str_eq(config->fields[i].name, name))
            return &config->fields[i];
    }
    return NULL;
}

/* Reports unknown sections and keys as faults. config_form checks the keys of fields. */
static void refuse_unknown(struct config_loading *loading)
{
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        bool form = config_is_form(entry->section), list = str_eqz(entry->section, "case_form");
        if (!form && !config_known(entry->section, STR_NONE, false))
            config_fault(loading, entry->place, "unknown section [%.*s]", STR_FMT(entry->section));
        else if (list ? entry->key.n && !str_eqz(entry->key, "fields")
                      : !form && !config_known(entry->section, entry->key, false))
            config_fault(loading, entry->place, "unknown setting %.*s in [%.*s]", STR_FMT(entry->key),
                         STR_FMT(entry->section));
    }
}

/* Reads a file; ERR_NOT_FOUND if it does not exist. */
static bool config_read_file(struct arena *arena, struct str path, struct str *text, struct err *err)
{
    FILE *file = fopen(arena_z(arena, path), "re");
    if (!file && errno == ENOENT)
        return err_set(err, ERR_NOT_FOUND, NULL, "%.*s: no such file", STR_FMT(path));
    if (!file)
        return err_errno(err, arena_z(arena, path));
    char *bytes = arena_alloc(arena, FILE_LIMIT);
    size_t n = fread(bytes, 1, FILE_LIMIT, file);
    bool failed = ferror(file) != 0, whole = feof(file) != 0;
    (void)fclose(file);
    *text = (struct str){bytes, n};
    if (failed)
        return err_set(err, ERR_INVALID, NULL, "%.*s: cannot be read", STR_FMT(path));
    return whole || err_set(err, ERR_INVALID, NULL, "%.*s: larger than 1 MiB", STR_FMT(path));
}

/* Reads the text of the settings file; it is empty if no file was named and ./kundportal.ini does not exist. */
static bool config_read_settings(struct arena *arena, struct str path, struct str *file, struct str *text,
                                 struct err *err)
{
    struct err failure = {.kind = ERR_NONE};
    *file = path.n ? path : STR("kundportal.ini");
    if (config_read_file(arena, *file, text, &failure))
        return true;
    *file = STR_NONE;
    *text = STR_NONE;
    if (failure.kind == ERR_NOT_FOUND && !path.n)
        return true;
    return err_set(err, ERR_INVALID, NULL, "%s", failure.detail);
}

static void add_overrides(struct config_loading *loading, const struct config_override *overrides, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str key = str_of(overrides[i].key), section;
        (void)str_cut(&key, '.', &section);
        struct str place = arena_printf(loading->arena, CONFIG_COMMAND_LINE " (%s)", overrides[i].key);
        ini_add(loading,
                (struct ini_entry){.section = section, .key = key, .value = overrides[i].value, .place = place});
    }
}

bool config_is_form(struct str section)
{
    return str_eqz(section, "case_form") || str_starts(section, STR("field.")) || str_starts(section, STR("extra."));
}

/* --- layers: a stored version or an imported file on top of other settings ---------------------------------------- */

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

/*
 * Removes settings that are not the portal's, and a logo that is a path, because the picture itself is not in an
 * imported file. Returns how many it removed.
 */
static size_t leave_out(struct ini *ini)
{
    size_t kept = 0, left_out = 0;
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_entry entry = ini->entries[i];
        bool logo = str_eqz(entry.section, "portal") && str_eqz(entry.key, "logo");
        bool path = logo && entry.value.n && !str_starts(entry.value, STR("data:"));
        if (!path && (config_is_form(entry.section) || config_known(entry.section, entry.key, true)))
            ini->entries[kept++] = entry;
        else
            left_out += entry.key.n > 0;
    }
    ini->count = kept;
    return left_out;
}

static void refuse_others(struct config_loading *loading)
{
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        if (!config_is_form(entry->section) && !config_known(entry->section, entry->key, true))
            config_fault(loading, entry->place, "[%.*s] %.*s is no setting of the portal", STR_FMT(entry->section),
                         STR_FMT(entry->key));
    }
}

static void read_above(struct config_loading *loading, const struct config_input *input)
{
    struct ini below = loading->ini;
    loading->ini = (struct ini){0};
    ini_parse(loading, input->above_place, input->above);
    refuse_unknown(loading);
    if (input->left_out)
        *input->left_out = leave_out(&loading->ini);
    else
        refuse_others(loading);
    lay_on(loading, &below);
}

static bool config_build(struct arena *arena, const struct config_input *input, struct config *config,
                         struct buf *report, struct config_faults *faults, struct err *err)
{
    struct config_loading loading = {
        .arena = arena, .config = config, .report = report, .faults = faults, .running = input->running};
    *config = (struct config){.file = arena_str(arena, input->file)};
    config_keys_default(config);
    ini_parse(&loading, input->file, input->text);
    refuse_unknown(&loading);
    if (input->above.n)
        read_above(&loading, input);
    if (input->environment) {
        config_keys_environment(&loading);
        add_overrides(&loading, input->overrides, input->override_count);
    }
    config_keys_apply(&loading);
    config_check(&loading);
    config_form(&loading);
    config_lists(&loading);
    if (!loading.fault_count)
        return true;
    return err_set(err, ERR_INVALID, NULL, "%.*s", STR_FMT(loading.first_fault));
}

/* Makes the settings of `base` with the portal's settings of `input`: ports, times and the like stay. */
static bool build_on(struct arena *arena, const struct config *base, const struct config_input *input,
                     struct config *config, struct config_faults *faults, struct err *err)
{
    struct config made;
    if (!config_build(arena, input, &made, NULL, faults, err))
        return false;
    *config = *base;
    config_keys_copy(&made, config);
    config->logo_bytes = made.logo_bytes;
    config->fields = made.fields;
    config->field_count = made.field_count;
    return true;
}

bool config_make(struct arena *arena, struct str file, struct str text, const struct config_override *overrides,
                 size_t count, struct config *config, struct buf *report, struct err *err)
{
    struct config_source *source = ARENA_NEW(arena, struct config_source);
    struct config_override *kept = ARENA_ARRAY(arena, struct config_override, count);
    struct config_input input = {
        .file = file, .text = text, .environment = true, .overrides = overrides, .override_count = count};
    for (size_t i = 0; i < count; i++)
        kept[i] = overrides[i];
    *source = (struct config_source){arena_str(arena, file), text, kept, count};
    bool ok = config_build(arena, &input, config, report, NULL, err);
    config->source = source;
    return ok;
}

bool config_load(struct arena *arena, struct str path, const struct config_override *overrides, size_t count,
                 struct config *config, struct buf *report, struct err *err)
{
    struct str file, text;
    return config_read_settings(arena, path, &file, &text, err) &&
           config_make(arena, file, text, overrides, count, config, report, err);
}

bool config_with(struct arena *arena, const struct config *base, struct str stored, bool environment,
                 struct config *config, struct config_faults *faults, struct err *err)
{
    const struct config_source *source = base->source;
    struct config_input input = {.file = source->file,
                                 .text = source->text,
                                 .above_place = STR("stored settings"),
                                 .above = arena_str(arena, stored),
                                 .environment = environment,
                                 .running = true,
                                 .overrides = source->overrides,
                                 .override_count = source->override_count};
    return build_on(arena, base, &input, config, faults, err);
}

bool config_import(struct arena *arena, const struct config *base, struct str onto, struct str file, struct str text,
                   struct config *config, size_t *left_out, struct config_faults *faults, struct err *err)
{
    struct config_input input = {.file = STR("stored settings"),
                                 .text = arena_str(arena, onto),
                                 .above_place = file,
                                 .above = arena_str(arena, text),
                                 .running = true,
                                 .left_out = left_out};
    *left_out = 0;
    return build_on(arena, base, &input, config, faults, err);
}

struct str config_extra_text(const struct config_field *field, enum lang lang, struct str value)
{
    for (size_t i = 0; field && i < field->choice_count; i++) {
        if (str_eq(field->choices[i].value, value))
            return field->choices[i].label[lang];
    }
    if (field && field->rule.kind == FIELD_YES_NO)
        return tr(lang, code_label(&yes_no_codes, str_eqz(value, "yes")));
    return value;
}
