/*
 * Reads kundportal.ini, writes its lines, and finds the differences between two texts of settings. This short reader of
 * our own is needed because inih cuts values at 200 bytes, takes ` ;` inside a value for a comment, and does not report
 * the line to its caller.
 */
#include "service/config_parts.h"

#define ENTRY_LIMIT 5000

void ini_add(struct config_loading *loading, struct ini_entry entry)
{
    struct ini *ini = &loading->ini;
    ini->entries = arena_grow(loading->arena, ini->entries, ini->count, &ini->cap, sizeof *ini->entries);
    ini->entries[ini->count++] = entry;
}

const struct ini_entry *ini_find(const struct ini *ini, struct str section, struct str key)
{
    for (size_t i = ini->count; i > 0; i--) {
        const struct ini_entry *entry = &ini->entries[i - 1];
        if (str_eq(entry->section, section) && str_eq(entry->key, key))
            return entry;
    }
    return NULL;
}

static bool config_ini_name_fits(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'))
            return false;
    }
    return name.n > 0 && name.n <= 64;
}

static struct str config_ini_unquoted(struct str value)
{
    bool quoted = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';
    return quoted ? str_slice(value, 1, value.n - 1) : value;
}

static void parse_section(struct config_loading *loading, struct str line, struct ini_entry *at)
{
    struct str name = str_trim(str_slice(line, 1, line.n - 1));
    if (line.p[line.n - 1] != ']' || !config_ini_name_fits(name)) {
        config_fault(loading, at->place, "a section is written [name]");
        return;
    }
    at->section = name;
    at->key = STR_NONE;
    if (ini_find(&loading->ini, at->section, at->key))
        config_fault(loading, at->place, "section [%.*s] is there twice", STR_FMT(name));
    ini_add(loading, *at);
}

static void parse_line(struct config_loading *loading, struct str line, struct ini_entry *at)
{
    if (!line.n || line.p[0] == '#' || line.p[0] == ';')
        return;
    if (line.p[0] == '[') {
        parse_section(loading, line, at);
        return;
    }
    ptrdiff_t equals = str_find_char(line, '=');
    struct str key = equals < 0 ? STR_NONE : str_trim(str_slice(line, 0, (size_t)equals));
    if (!config_ini_name_fits(key)) {
        config_fault(loading, at->place, "a setting is written key = value");
        return;
    }
    if (!at->section.n) {
        config_fault(loading, at->place, "%.*s stands before the first [section]", STR_FMT(key));
        return;
    }
    struct ini_entry entry = *at;
    entry.key = key;
    entry.value = config_ini_unquoted(str_trim(str_slice(line, (size_t)equals + 1, line.n)));
    if (ini_find(&loading->ini, entry.section, entry.key))
        config_fault(loading, at->place, "%.*s is set twice in [%.*s]", STR_FMT(key), STR_FMT(at->section));
    ini_add(loading, entry);
}

void ini_parse(struct config_loading *loading, struct str file, struct str text)
{
    struct ini_entry at = {.line = 0};
    struct str rest = text, line;
    if (str_starts(rest, STR("\xEF\xBB\xBF")))
        rest = str_slice(rest, 3, rest.n);
    if (!utf8_valid(rest) || str_find_char(rest, '\0') >= 0) {
        config_fault(loading, file, "the file is not UTF-8 text");
        return;
    }
    while (str_cut(&rest, '\n', &line)) {
        at.line++;
        at.place = arena_printf(loading->arena, "%.*s:%d", STR_FMT(file), at.line);
        if (loading->ini.count >= ENTRY_LIMIT) {
            config_fault(loading, at.place, "more than %d settings", ENTRY_LIMIT);
            return;
        }
        parse_line(loading, str_trim(line), &at);
    }
}

void config_write_line(struct buf *out, const char *key, struct str value)
{
    struct str trimmed = str_trim(value);
    bool framed = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';
    bool quoted = trimmed.n != value.n || framed;
    buf_z(out, key);
    buf_z(out, value.n ? " = " : " =");
    if (quoted)
        buf_char(out, '"');
    buf_str(out, value);
    if (quoted)
        buf_char(out, '"');
    buf_char(out, '\n');
}

/* --- differences -------------------------------------------------------------------------------------------------- */

static struct ini parsed(struct arena *arena, struct str text)
{
    struct config_loading loading = {.arena = arena};
    ini_parse(&loading, STR("settings"), arena_str(arena, text));
    return loading.ini;
}

size_t config_differences(struct arena *arena, struct str before, struct str after,
                          struct config_difference **differences)
{
    struct ini old = parsed(arena, before), now = parsed(arena, after);
    struct config_difference *found = ARENA_ARRAY(arena, struct config_difference, old.count + now.count);
    size_t count = 0;
    for (size_t i = 0; i < now.count; i++) {
        const struct ini_entry *entry = &now.entries[i], *was = ini_find(&old, entry->section, entry->key);
        struct str value = was ? was->value : STR_NONE;
        if (entry->key.n && !str_eq(value, entry->value))
            found[count++] = (struct config_difference){entry->section, entry->key, value, entry->value};
    }
    for (size_t i = 0; i < old.count; i++) {
        const struct ini_entry *entry = &old.entries[i];
        if (entry->key.n && entry->value.n && !ini_find(&now, entry->section, entry->key))
            found[count++] = (struct config_difference){entry->section, entry->key, entry->value, STR_NONE};
    }
    *differences = found;
    return count;
}
