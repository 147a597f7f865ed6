/* The form of a new case: its fields, their order, and the installation's settings for each field. */
#include "service/config_parts.h"

#include "model/case_fields.h"

#define FIELD_LIMIT CONFIG_FIELDS_MAX
#define LABEL_LENGTH 200
#define HINT_LENGTH 500
#define KEY_LENGTH 40

/* The limit of an extra field of one line; a field of several lines has the limit of all descriptions. */
#define EXTRA_LIMIT 2000

struct form {
    struct config_loading *loading;
    struct config_field *fields;
    size_t count;
};

const struct entity_field *config_standard_field(size_t at)
{
    for (size_t i = 0; i < case_entity.count; i++) {
        if (case_entity.fields[i].portal == (int)at + 1)
            return &case_entity.fields[i];
    }
    return NULL;
}

static bool rule_of_standard(struct str name, struct entity_field *rule)
{
    const struct entity_field *field = entity_field(&case_entity, name);
    if (!field || !field->portal)
        return false;
    *rule = *field;
    return true;
}

/* Returns the section of a field: `extra_phone` has its settings in [extra.phone], `title` in [field.title]. */
static struct str section_of(struct arena *arena, struct str name)
{
    if (str_starts(name, STR("extra_")))
        return arena_printf(arena, "extra.%.*s", STR_FMT(str_slice(name, 6, name.n)));
    return arena_printf(arena, "field.%.*s", STR_FMT(name));
}

static const struct ini_entry *find_section(const struct ini *ini, struct str section)
{
    for (size_t i = 0; i < ini->count; i++) {
        if (str_eq(ini->entries[i].section, section) && !ini->entries[i].key.n)
            return &ini->entries[i];
    }
    return NULL;
}

static struct config_field *find_field(const struct form *form, struct str name)
{
    for (size_t i = 0; i < form->count; i++) {
        if (str_eq(form->fields[i].name, name))
            return &form->fields[i];
    }
    return NULL;
}

static void add_field(struct form *form, struct str name, struct str place)
{
    struct config_field field = {.name = name};
    bool extra = str_starts(name, STR("extra_"));
    if (form->count >= FIELD_LIMIT) {
        config_fault(form->loading, place, "a form has at most %d fields", FIELD_LIMIT);
        return;
    }
    if (find_field(form, name)) {
        config_fault(form->loading, place, "field %.*s is there twice", STR_FMT(name));
        return;
    }
    if (extra)
        field.key = str_slice(name, 6, name.n);
    else if (!rule_of_standard(name, &field.rule)) {
        config_fault(form->loading, place, "unknown field %.*s", STR_FMT(name));
        return;
    }
    field.required = field.rule.required;
    if (extra && !find_section(&form->loading->ini, section_of(form->loading->arena, name))) {
        config_fault(form->loading, place, "extra field %.*s needs a section [extra.%.*s]", STR_FMT(name),
                     STR_FMT(field.key));
        return;
    }
    form->fields[form->count++] = field;
}

/*
 * Chooses the fields of the form. If the settings have no list of fields, the form has the standard fields, followed by
 * the extra fields in the order of the file.
 */
static void choose_fields(struct form *form)
{
    struct config_loading *loading = form->loading;
    const struct ini_entry *list = ini_find(&loading->ini, "case_form", "fields");
    if (list) {
        struct str *names;
        size_t count = config_split(loading->arena, list->value, ',', &names);
        for (size_t i = 0; i < count; i++)
            add_field(form, names[i], list->place);
        return;
    }
    for (size_t i = 0; config_standard_field(i); i++)
        add_field(form, str_of(config_standard_field(i)->name), STR("case_form"));
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        if (!entry->key.n && str_starts(entry->section, STR("extra.")))
            add_field(
                form,
                arena_printf(loading->arena, "extra_%.*s", STR_FMT(str_slice(entry->section, 6, entry->section.n))),
                entry->place);
    }
}

static const char *const KINDS[] = {
    [FIELD_TEXT] = "text",     [FIELD_MULTILINE] = "multiline", [FIELD_DECIMAL] = "number", [FIELD_DATE] = "date",
    [FIELD_CHOICE] = "choice", [FIELD_YES_NO] = "yes_no",       [FIELD_KEY] = NULL};

const char *const *config_kinds(void)
{
    return KINDS;
}

const char *config_kind_name(enum field_kind kind)
{
    return kind <= FIELD_YES_NO ? KINDS[kind] : "";
}

static bool parse_kind(struct str text, enum field_kind *kind)
{
    for (size_t i = 0; KINDS[i]; i++) {
        if (str_eqz(text, KINDS[i])) {
            *kind = (enum field_kind)i;
            return true;
        }
    }
    return false;
}

/* Reads choices such as `key:Svenska|English; key:Svenska`. */
static void parse_choices(struct form *form, struct config_field *field, const struct ini_entry *entry)
{
    struct arena *arena = form->loading->arena;
    struct str *parts;
    size_t count = config_split(arena, entry->value, ';', &parts);
    struct config_choice *choices = ARENA_ARRAY(arena, struct config_choice, count);
    for (size_t i = 0; i < count; i++) {
        struct str labels = parts[i], value, swedish = STR_NONE;
        (void)str_cut(&labels, ':', &value);
        (void)str_cut(&labels, '|', &swedish);
        swedish = str_trim(swedish);
        choices[i].value = str_trim(value);
        choices[i].label[LANG_SV] = swedish.n ? swedish : choices[i].value;
        choices[i].label[LANG_EN] = str_trim(labels).n ? str_trim(labels) : choices[i].label[LANG_SV];
        for (size_t j = 0; j < i; j++) {
            if (str_eq(choices[j].value, choices[i].value))
                config_fault(form->loading, entry->place, "choice %.*s is there twice", STR_FMT(choices[i].value));
        }
        if (!choices[i].value.n)
            config_fault(form->loading, entry->place, "a choice is written key:Svenska|English");
    }
    field->choices = choices;
    field->choice_count = count;
}

static bool *flag_of(struct config_field *field, struct str key)
{
    if (str_eqz(key, "required"))
        return &field->required;
    if (str_eqz(key, "readonly"))
        return &field->readonly;
    return str_eqz(key, "hidden") ? &field->hidden : NULL;
}

static struct str *config_form_text_of(struct config_field *field, struct str key)
{
    if (str_eqz(key, "label_sv"))
        return &field->label[LANG_SV];
    if (str_eqz(key, "label_en"))
        return &field->label[LANG_EN];
    if (str_eqz(key, "hint_sv"))
        return &field->hint[LANG_SV];
    if (str_eqz(key, "hint_en"))
        return &field->hint[LANG_EN];
    return str_eqz(key, "default") ? &field->value : NULL;
}

static void apply_setting(struct form *form, struct config_field *field, const struct ini_entry *entry)
{
    struct config_loading *loading = form->loading;
    bool *flag = flag_of(field, entry->key);
    struct str *text = config_form_text_of(field, entry->key);
    if (text) {
        *text = entry->value;
    } else if (flag) {
        if (!config_bool(entry->value, flag))
            config_fault(loading, entry->place, "%.*s must be yes or no", STR_FMT(entry->key));
    } else if (field->key.n && str_eqz(entry->key, "kind")) {
        if (!parse_kind(entry->value, &field->rule.kind))
            config_fault(loading, entry->place, "kind must be text, multiline, number, date, choice or yes_no");
    } else if (field->key.n && str_eqz(entry->key, "choices")) {
        parse_choices(form, field, entry);
    } else {
        config_fault(loading, entry->place, "unknown setting %.*s in [%.*s]", STR_FMT(entry->key),
                     STR_FMT(entry->section));
    }
}

static void apply_sections(struct form *form)
{
    struct config_loading *loading = form->loading;
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        bool extra = str_starts(entry->section, STR("extra."));
        if (!extra && !str_starts(entry->section, STR("field.")))
            continue;
        struct str rest = str_slice(entry->section, 6, entry->section.n);
        struct str name = extra ? arena_printf(loading->arena, "extra_%.*s", STR_FMT(rest)) : rest;
        struct config_field *field = find_field(form, name);
        if (field && entry->key.n)
            apply_setting(form, field, entry);
        else if (!field && !entry->key.n)
            config_fault(loading, entry->place, "[%.*s] is no field of the form", STR_FMT(entry->section));
    }
}

/* Makes the rule of an extra field from its kind and choices. */
static void set_extra_rule(struct arena *arena, struct config_field *field)
{
    struct code *codes = ARENA_ARRAY(arena, struct code, field->choice_count);
    struct code_list *list = ARENA_ARRAY(arena, struct code_list, 1);
    enum field_kind kind = field->rule.kind;
    for (size_t i = 0; i < field->choice_count; i++)
        codes[i].name = arena_z(arena, field->choices[i].value);
    *list = (struct code_list){codes, field->choice_count};
    field->rule = (struct entity_field){.name = arena_z(arena, field->name),
                                        .kind = kind,
                                        .codes = list,
                                        .limit = kind == FIELD_MULTILINE ? TEXT_LIMIT : EXTRA_LIMIT};
}

/*
 * Says whether the default is a valid value of the field. References have no valid default, because the choice of
 * customers and objects depends on the actor.
 */
static bool default_fits(struct arena *arena, struct config_field *field)
{
    enum field_kind kind = field->rule.kind;
    if (field_is_reference(kind))
        return false;
    if (kind == FIELD_DATE && str_eqz(field->value, "{today}"))
        return true;
    if (kind == FIELD_YES_NO)
        field->value = field_clean(arena, &field->rule, field->value);
    return !field_check(arena, &field->rule, false, field->value).msgid;
}

/* Returns the place of a field's setting, else of its section, else of the list of fields. */
static struct str config_form_place_of(const struct form *form, const struct config_field *field, const char *key)
{
    const struct ini *ini = &form->loading->ini;
    struct str section = section_of(form->loading->arena, field->name);
    const struct ini_entry *entry = ini_find(ini, section.p, key);
    if (!entry)
        entry = find_section(ini, section);
    return entry ? entry->place : STR("case_form");
}

static void check_texts(struct form *form, const struct config_field *field)
{
    static const char *const labels[LANG_COUNT] = {[LANG_SV] = "label_sv", [LANG_EN] = "label_en"};
    static const char *const hints[LANG_COUNT] = {[LANG_SV] = "hint_sv", [LANG_EN] = "hint_en"};
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        if (utf8_count(field->label[lang]) > LABEL_LENGTH)
            config_fault(form->loading, config_form_place_of(form, field, labels[lang]),
                         "%s has more than %d characters", labels[lang], LABEL_LENGTH);
        if (utf8_count(field->hint[lang]) > HINT_LENGTH)
            config_fault(form->loading, config_form_place_of(form, field, hints[lang]),
                         "%s has more than %d characters", hints[lang], HINT_LENGTH);
    }
    if (field->key.n > KEY_LENGTH || str_find_char(field->key, '.') >= 0)
        config_fault(form->loading, config_form_place_of(form, field, ""),
                     "the key of an extra field has at most %d of a to z, 0 to 9 and _", KEY_LENGTH);
    if (field->key.n && !field->label[LANG_SV].n)
        config_fault(form->loading, config_form_place_of(form, field, "label_sv"), "an extra field needs label_sv");
}

static void check_field(struct form *form, struct config_field *field)
{
    struct config_loading *loading = form->loading;
    if (field->key.n)
        set_extra_rule(loading->arena, field);
    if (field->required && (field->hidden || field->readonly) && !field->value.n)
        config_fault(loading, config_form_place_of(form, field, "default"),
                     "%.*s is required, but hidden or readonly without a default", STR_FMT(field->name));
    check_texts(form, field);
    if (!field->label[LANG_EN].n)
        field->label[LANG_EN] = field->key.n ? field->label[LANG_SV] : STR_NONE;
    if (field->rule.kind == FIELD_CHOICE && !field->choice_count)
        config_fault(loading, config_form_place_of(form, field, "choices"), "a field of kind choice needs choices");
    if (field->rule.kind != FIELD_CHOICE && field->choice_count)
        config_fault(loading, config_form_place_of(form, field, "choices"), "choices belong to a field of kind choice");
    if (field->value.n && !default_fits(loading->arena, field))
        config_fault(loading, config_form_place_of(form, field, "default"), "the default of %.*s does not fit its kind",
                     STR_FMT(field->name));
}

void config_form(struct config_loading *loading)
{
    struct form form = {.loading = loading, .fields = ARENA_ARRAY(loading->arena, struct config_field, FIELD_LIMIT)};
    choose_fields(&form);
    apply_sections(&form);
    for (size_t i = 0; i < form.count; i++)
        check_field(&form, &form.fields[i]);
    if (!find_field(&form, STR("title")) && !find_field(&form, STR("description")))
        config_fault(loading, STR("case_form"), "the form needs title or description");
    loading->config->fields = form.fields;
    loading->config->field_count = form.count;
}
