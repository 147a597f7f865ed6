/* Describes for people what differs between two versions. */
#include "staff/config/settings.h"

/* The longest text for the audit, in characters: of one value, and of all differences together. */
#define BRIEF_VALUE 120
#define BRIEF_LENGTH 4000

static const struct {
    const char *section, *key;
    const struct msgid *label;
} LISTS[] = {
    {"portal", "logo", _("Logo")},
    {"case_form", "fields", _("New case: fields and their order")},
    {"case_search", "criteria", _("Search cases: criteria")},
    {"case_search", "columns", _("Search cases: columns")},
    {"actions", "columns", _("Actions: columns")},
};

static const struct {
    const char *key;
    const struct msgid *label;
} OF_FIELDS[] = {
    {"kind", _("kind")},
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
 * Returns the name of the field that the section `[field.NAME]` or `[extra.KEY]` describes; empty for any other
 * section.
 */
static struct str told_field_of(struct arena *arena, struct str section)
{
    if (str_starts(section, STR("extra.")))
        return arena_printf(arena, "extra_%.*s", STR_FMT(str_slice(section, 6, section.n)));
    return str_starts(section, STR("field.")) ? str_slice(section, 6, section.n) : STR_NONE;
}

struct telling {
    struct visit *visit;
    struct config before, after;
};

static struct str told_name(const struct telling *telling, struct str name)
{
    const struct config *config = config_field(&telling->after, name) ? &telling->after : &telling->before;
    return name_label(telling->visit, config, name);
}

static struct str told_label_of(const struct telling *telling, const struct config_difference *one)
{
    struct visit *visit = telling->visit;
    struct str field = told_field_of(visit->arena, one->section);
    for (size_t i = 0; field.n && i < sizeof OF_FIELDS / sizeof *OF_FIELDS; i++) {
        if (str_eqz(one->key, OF_FIELDS[i].key))
            return tr_fill(visit->arena, visit->view.lang, _("New case, {1}: {2}"),
                           (struct str[]){told_name(telling, field), visit_tr(visit, OF_FIELDS[i].label)}, 2);
    }
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        if (str_eqz(one->section, LISTS[i].section) && str_eqz(one->key, LISTS[i].key))
            return visit_tr(visit, LISTS[i].label);
    }
    for (size_t i = 0; i < setting_count; i++) {
        const struct setting *setting = &settings[i];
        if (!str_eqz(one->section, setting->section) || !str_eqz(one->key, setting->key))
            continue;
        if (!setting->group)
            return visit_tr(visit, setting->label);
        return arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(visit_tr(visit, setting->group)),
                            STR_FMT(visit_tr(visit, setting->label)));
    }
    return arena_printf(visit->arena, "%.*s.%.*s", STR_FMT(one->section), STR_FMT(one->key));
}

static struct str told_list(const struct telling *telling, struct str value)
{
    struct str *names;
    struct buf out;
    size_t count = config_split(telling->visit->arena, value, ',', &names);
    buf_init(&out, telling->visit->arena);
    for (size_t i = 0; i < count; i++) {
        buf_z(&out, i ? ", " : "");
        buf_str(&out, told_name(telling, names[i]));
    }
    return buf_text(&out);
}

static struct str told_logo(struct visit *visit, struct str value)
{
    struct str size = fmt_size(visit->arena, visit->view.lang, (int64_t)(value.n / 4 * 3));
    struct str type = str_slice(value, sizeof "data:image/" - 1, (size_t)str_find_char(value, ';'));
    if (str_starts(type, STR("svg")))
        type = STR("svg");
    return tr_fill(visit->arena, visit->view.lang, _("Picture ({1}, {2})"), (struct str[]){type, size}, 2);
}

static struct str told_word(struct visit *visit, const struct config_difference *one, struct str value)
{
    static const enum price_rule rules[] = {PRICE_OF_OWN_CUSTOMERS, PRICE_ALWAYS, PRICE_NEVER};
    for (size_t i = 0; str_eqz(one->key, "prices") && i < 3; i++) {
        if (str_eqz(value, config_price_name(rules[i])))
            return visit_tr(visit, price_label(rules[i]));
    }
    for (size_t i = 0; str_eqz(one->key, "kind") && config_kinds()[i]; i++) {
        if (str_eqz(value, config_kinds()[i]))
            return visit_tr(visit, kind_label((enum field_kind)i));
    }
    if (str_eqz(value, "yes"))
        return visit_tr(visit, _("Yes"));
    return str_eqz(value, "no") ? visit_tr(visit, _("No")) : value;
}

static struct str told_value_of(const struct telling *telling, const struct config_difference *one, struct str value)
{
    bool list = str_eqz(one->key, "fields") || str_eqz(one->key, "criteria") || str_eqz(one->key, "columns");
    if (!value.n)
        return value;
    if (list)
        return told_list(telling, value);
    if (str_eqz(one->key, "logo"))
        return told_logo(telling->visit, value);
    return told_word(telling->visit, one, value);
}

/*
 * Reads the settings, which have the labels of fields. A version that no longer fits the program gives no labels of its
 * own; the settings in use replace it.
 */
static void told_read_settings(struct visit *visit, struct str text, struct config *config)
{
    struct err misfit = {.kind = ERR_NONE};
    if (!config_with(visit->arena, visit->config, text, false, config, NULL, &misfit))
        *config = *visit->config;
}

void differences_told(struct visit *visit, struct str before, struct str after, struct difference_table *table)
{
    struct config_difference *found;
    struct telling telling = {.visit = visit};
    size_t count = config_differences(visit->arena, before, after, &found);
    struct difference_view *rows = ARENA_ARRAY(visit->arena, struct difference_view, count);
    told_read_settings(visit, before, &telling.before);
    told_read_settings(visit, after, &telling.after);
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct difference_view){told_label_of(&telling, &found[i]),
                                           told_value_of(&telling, &found[i], found[i].before),
                                           told_value_of(&telling, &found[i], found[i].after)};
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
