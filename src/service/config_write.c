/*
 * Writes the settings of the portal as text that reads back as the same settings, and finds the differences between two
 * such texts.
 */
#include "service/config_parts.h"

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

static void write_some(struct buf *out, const char *key, struct str value)
{
    if (value.n)
        config_write_line(out, key, value);
}

static void write_names(struct buf *out, struct arena *arena, const char *key, const struct str *names, size_t count)
{
    struct buf list;
    buf_init(&list, arena);
    for (size_t i = 0; i < count; i++) {
        buf_z(&list, i ? ", " : "");
        buf_str(&list, names[i]);
    }
    config_write_line(out, key, buf_text(&list));
}

static void write_choices(struct buf *out, struct arena *arena, const struct config_field *field)
{
    struct buf list;
    buf_init(&list, arena);
    for (size_t i = 0; i < field->choice_count; i++) {
        const struct config_choice *choice = &field->choices[i];
        buf_printf(&list, "%s%.*s:%.*s|%.*s", i ? "; " : "", STR_FMT(choice->value), STR_FMT(choice->label[LANG_SV]),
                   STR_FMT(choice->label[LANG_EN]));
    }
    write_some(out, "choices", buf_text(&list));
}

/*
 * Writes a field: an extra field with all its settings, a standard field with those that differ from its usual state.
 */
static void write_field(struct buf *out, struct arena *arena, const struct config_field *field)
{
    struct buf body;
    bool required = str_eqz(field->name, "title");
    buf_init(&body, arena);
    if (field->key.n)
        config_write_line(&body, "kind", str_of(config_kind_name(field->rule.kind)));
    write_some(&body, "label_sv", field->label[LANG_SV]);
    write_some(&body, "label_en", field->label[LANG_EN]);
    write_some(&body, "hint_sv", field->hint[LANG_SV]);
    write_some(&body, "hint_en", field->hint[LANG_EN]);
    if (field->required != required)
        config_write_line(&body, "required", field->required ? STR("yes") : STR("no"));
    if (field->readonly)
        config_write_line(&body, "readonly", STR("yes"));
    if (field->hidden)
        config_write_line(&body, "hidden", STR("yes"));
    write_some(&body, "default", field->value);
    write_choices(&body, arena, field);
    if (!body.n)
        return;
    if (field->key.n)
        buf_printf(out, "\n[extra.%.*s]\n", STR_FMT(field->key));
    else
        buf_printf(out, "\n[field.%.*s]\n", STR_FMT(field->name));
    buf_str(out, buf_text(&body));
}

static void write_form(struct buf *out, struct arena *arena, const struct config *config)
{
    struct str *names = ARENA_ARRAY(arena, struct str, config->field_count);
    for (size_t i = 0; i < config->field_count; i++)
        names[i] = config->fields[i].name;
    buf_z(out, "\n[case_form]\n");
    write_names(out, arena, "fields", names, config->field_count);
    for (size_t i = 0; i < config->field_count; i++)
        write_field(out, arena, &config->fields[i]);
}

struct str config_text(struct arena *arena, const struct config *config)
{
    static const char *const sections[] = {"portal",     "login",    "pages",        "logins",
                                           "dashboards", "invoices", "notifications"};
    struct config written = *config;
    struct buf out;
    buf_init(&out, arena);
    written.logo = config->logo_bytes.n ? config_logo_data(arena, config->logo_bytes) : STR_NONE;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        buf_printf(&out, "%s[%s]\n", i ? "\n" : "", sections[i]);
        config_keys_write(&out, &written, sections[i]);
    }
    write_form(&out, arena, config);
    buf_z(&out, "\n[case_search]\n");
    write_names(&out, arena, "criteria", config->criteria, config->criterion_count);
    write_names(&out, arena, "columns", config->columns, config->column_count);
    buf_z(&out, "\n[actions]\n");
    write_names(&out, arena, "columns", config->action_columns, config->action_column_count);
    config_keys_write(&out, &written, "actions");
    return buf_text(&out);
}

/* --- differences -------------------------------------------------------------------------------------------------- */

static const struct ini_entry *config_write_find(const struct ini *ini, struct str section, struct str key)
{
    for (size_t i = 0; i < ini->count; i++) {
        if (str_eq(ini->entries[i].section, section) && str_eq(ini->entries[i].key, key))
            return &ini->entries[i];
    }
    return NULL;
}

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
        const struct ini_entry *entry = &now.entries[i], *was = config_write_find(&old, entry->section, entry->key);
        struct str value = was ? was->value : STR_NONE;
        if (entry->key.n && !str_eq(value, entry->value))
            found[count++] = (struct config_difference){entry->section, entry->key, value, entry->value};
    }
    for (size_t i = 0; i < old.count; i++) {
        const struct ini_entry *entry = &old.entries[i];
        if (entry->key.n && entry->value.n && !config_write_find(&now, entry->section, entry->key))
            found[count++] = (struct config_difference){entry->section, entry->key, entry->value, STR_NONE};
    }
    *differences = found;
    return count;
}
