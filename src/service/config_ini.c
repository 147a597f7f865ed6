/*
 * Reads kundportal.ini. This short reader of our own is needed because inih cuts values at 200 bytes, takes ` ;` inside
 * a value for a comment, and does not report the line to its caller.
 */
#include "service/config_parts.h"

#define ENTRY_LIMIT 5000

void ini_add(struct config_loading *loading, struct ini_entry entry)
{
    struct ini *ini = &loading->ini;
    if (ini->count == ini->cap) {
        size_t cap = ini->cap ? ini->cap * 2 : 64;
        struct ini_entry *grown = ARENA_ARRAY(loading->arena, struct ini_entry, cap);
        for (size_t i = 0; i < ini->count; i++)
            grown[i] = ini->entries[i];
        ini->entries = grown;
        ini->cap = cap;
    }
    ini->entries[ini->count++] = entry;
}

const struct ini_entry *ini_find(const struct ini *ini, const char *section, const char *key)
{
    const struct ini_entry *found = NULL;
    for (size_t i = 0; i < ini->count; i++) {
        if (str_eqz(ini->entries[i].section, section) && str_eqz(ini->entries[i].key, key))
            found = &ini->entries[i];
    }
    return found;
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

static bool is_double(const struct ini *ini, const struct ini_entry *entry)
{
    for (size_t i = 0; i < ini->count; i++) {
        if (str_eq(ini->entries[i].section, entry->section) && str_eq(ini->entries[i].key, entry->key))
            return true;
    }
    return false;
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
    if (is_double(&loading->ini, at))
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
    if (is_double(&loading->ini, &entry))
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
