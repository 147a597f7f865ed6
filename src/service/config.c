#include "service/config.h"

#include "base/clock.h"
#include "service/config_parts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FILE_LIMIT (1024 * 1024)

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
    if (faults->count == faults->cap) {
        size_t cap = faults->cap ? faults->cap * 2 : 8;
        struct config_fault_at *grown = ARENA_ARRAY(loading->arena, struct config_fault_at, cap);
        for (size_t i = 0; i < faults->count; i++)
            grown[i] = faults->items[i];
        faults->items = grown;
        faults->cap = cap;
    }
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

/* Says whether a section is known. Sections with more than scalar settings check their own keys (*own_keys). */
static bool section_known(struct str section, bool *own_keys)
{
    static const char *const scalar[] = {"server", "database", "data",        "portal",  "login",
                                         "staff",  "mail",     "attachments", "actions", "invoices",
                                         "pages",  "logins",   "dashboards",  "imports", "notifications"};
    *own_keys = str_starts(section, STR("field.")) || str_starts(section, STR("extra."));
    if (*own_keys || str_eqz(section, "case_form") || str_eqz(section, "case_search"))
        return true;
    for (size_t i = 0; i < sizeof scalar / sizeof *scalar; i++) {
        if (str_eqz(section, scalar[i]))
            return true;
    }
    return false;
}

static bool list_key(struct str section, struct str key)
{
    return (str_eqz(section, "case_form") && str_eqz(key, "fields")) ||
           (str_eqz(section, "case_search") && (str_eqz(key, "criteria") || str_eqz(key, "columns"))) ||
           (str_eqz(section, "actions") && str_eqz(key, "columns"));
}

void config_refuse_unknown(struct config_loading *loading)
{
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        bool own_keys = false;
        if (!section_known(entry->section, &own_keys))
            config_fault(loading, entry->place, "unknown section [%.*s]", STR_FMT(entry->section));
        else if (!own_keys && entry->key.n && !config_key_known(entry->section, entry->key) &&
                 !list_key(entry->section, entry->key))
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

bool config_build(struct arena *arena, const struct config_input *input, struct config *config, struct buf *report,
                  struct config_faults *faults, struct err *err)
{
    struct config_loading loading = {
        .arena = arena, .config = config, .report = report, .faults = faults, .running = input->running};
    *config = (struct config){.file = arena_str(arena, input->file)};
    config_keys_default(&loading);
    ini_parse(&loading, input->file, input->text);
    config_refuse_unknown(&loading);
    if (input->stored.n)
        config_overlay(&loading, input->stored_place, input->stored);
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

const struct config_field *config_field(const struct config *config, struct str name)
{
    for (size_t i = 0; i < config->field_count; i++) {
        if (str_eq(config->fields[i].name, name))
            return &config->fields[i];
    }
    return NULL;
}
