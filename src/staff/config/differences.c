/* Describes for people what differs between two versions. */
#include "staff/config/pages.h"

/* The longest text for the audit, in characters: of one value, and of all differences together. */
#define BRIEF_VALUE 120
#define BRIEF_LENGTH 4000

static const struct {
    const char *key;
    const struct msgid *label;
} OF_FIELDS[] = {
    {"kind", _("type")},
    {"label_sv", _("label, Swedish")},
    {"label_en", _("label, English")},
    {"hint_sv", _("hint, Swedish")},
    {"hint_en", _("hint, English")},
    {"required", _("required")},
    {"readonly", _("read-only")},
    {"hidden", _("hidden")},
    {"default", _("default")},
    {"choices", _("choices")},
};

/*
 * Reads the settings, which have the labels of fields. A version that no longer fits the program gives no labels of its
 * own; the settings in use replace it.
 */
static void read_labels(struct visit *visit, struct str text, struct config *config)
{
    struct err misfit = {.kind = ERR_NONE};
    if (!config_with(visit->arena, visit->config, text, false, config, NULL, &misfit))
        *config = *visit->config;
}

/* The settings before and after, which have the labels of fields. */
struct compared {
    struct visit *visit;
    struct config before, after;
};

static struct str compared_name(const struct compared *compared, struct str name)
{
    const struct config *config = config_field(&compared->after, name) ? &compared->after : &compared->before;
    return name_label(compared->visit, config, name);
}

static const struct setting *compared_setting(const struct config_difference *one)
{
    for (size_t i = 0; i < setting_count; i++) {
        if (str_eqz(one->section, SETTINGS[i].section) && str_eqz(one->key, SETTINGS[i].key))
            return &SETTINGS[i];
    }
    return NULL;
}

/* A section `[field.NAME]` or `[extra.KEY]` describes a field. */
static struct str compared_label(const struct compared *compared, const struct config_difference *one)
{
    struct visit *visit = compared->visit;
    const struct setting *setting = compared_setting(one);
    struct str field = str_slice(one->section, sizeof "field." - 1, one->section.n);
    if (str_starts(one->section, STR("extra.")))
        field = arena_printf(visit->arena, "extra_%.*s", STR_FMT(field));
    for (size_t i = 0; config_is_form(one->section) && i < sizeof OF_FIELDS / sizeof *OF_FIELDS; i++) {
        if (str_eqz(one->key, OF_FIELDS[i].key))
            return tr_fill(visit->arena, visit->view.lang, _("New case, {1}: {2}"),
                           (struct str[]){compared_name(compared, field), visit_tr(visit, OF_FIELDS[i].label)}, 2);
    }
    if (str_eqz(one->section, "case_form"))
        return visit_tr(visit, _("New case: fields and their order"));
    if (!setting)
        return arena_printf(visit->arena, "%.*s.%.*s", STR_FMT(one->section), STR_FMT(one->key));
    if (setting->kind == SETTING_NAMES || setting->kind == SETTING_LOGO)
        return visit_tr(visit, setting->group);
    if (!setting->group)
        return visit_tr(visit, setting->label);
    return arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(visit_tr(visit, setting->group)),
                        STR_FMT(visit_tr(visit, setting->label)));
}

static struct str compared_names(const struct compared *compared, struct str value)
{
    struct arena *arena = compared->visit->arena;
    struct str *names;
    size_t count = config_split(arena, value, ',', &names);
    for (size_t i = 0; i < count; i++)
        names[i] = compared_name(compared, names[i]);
    return config_join(arena, names, count);
}

static struct str compared_logo(struct visit *visit, struct str value)
{
    struct str size = fmt_size(visit->arena, visit->view.lang, (int64_t)(value.n / 4 * 3));
    struct str type = str_slice(value, sizeof "data:image/" - 1, (size_t)str_find_char(value, ';'));
    if (str_starts(type, STR("svg")))
        type = STR("svg");
    return tr_fill(visit->arena, visit->view.lang, _("Picture ({1}, {2})"), (struct str[]){type, size}, 2);
}

static struct str compared_value(const struct compared *compared, const struct config_difference *one, struct str value)
{
    struct visit *visit = compared->visit;
    const struct setting *setting = compared_setting(one);
    const struct msgid *label = NULL;
    if (!value.n)
        return value;
    if (str_eqz(one->section, "case_form") || (setting && setting->kind == SETTING_NAMES))
        return compared_names(compared, value);
    if (setting && setting->kind == SETTING_LOGO)
        return compared_logo(visit, value);
    if (setting && setting->kind == SETTING_PRICES)
        label = code_label_of(&price_rules, value);
    if (!setting && str_eqz(one->key, "kind"))
        label = code_label_of(&config_kinds, value);
    if (!label && (str_eqz(value, "yes") || str_eqz(value, "no")))
        label = str_eqz(value, "yes") ? _("Yes") : _("No");
    return label ? visit_tr(visit, label) : value;
}

void differences_show(struct visit *visit, struct str before, struct str after, struct difference_table *table)
{
    struct config_difference *found;
    struct compared compared = {.visit = visit};
    size_t count = config_differences(visit->arena, before, after, &found);
    struct difference_view *rows = ARENA_ARRAY(visit->arena, struct difference_view, count);
    read_labels(visit, before, &compared.before);
    read_labels(visit, after, &compared.after);
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct difference_view){compared_label(&compared, &found[i]),
                                           compared_value(&compared, &found[i], found[i].before),
                                           compared_value(&compared, &found[i], found[i].after)};
    *table = (struct difference_table){rows, count};
}

struct str differences_brief(struct visit *visit, struct str before, struct str after)
{
    struct config_difference *found;
    struct buf out;
    size_t count = config_differences(visit->arena, before, after, &found);
    buf_init(&out, visit->arena);
    for (size_t i = 0; i < count; i++) {
        struct str was = utf8_prefix(found[i].before, BRIEF_VALUE), is = utf8_prefix(found[i].after, BRIEF_VALUE);
        buf_printf(&out, "%s%.*s.%.*s: %.*s → %.*s", i ? "; " : "", STR_FMT(found[i].section), STR_FMT(found[i].key),
                   STR_FMT(was), STR_FMT(is));
    }
    return utf8_prefix(buf_text(&out), BRIEF_LENGTH);
}
