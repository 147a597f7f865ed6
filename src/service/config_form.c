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

/* Returns the section of a field: `extra_phone` has its settings in [extra.phone], `title` in [field.title]. */
static struct str section_of(struct arena *arena, struct str name)
{
    if (str_starts(name, STR("extra_")))
        return arena_printf(arena, "extra.%.*s", STR_FMT(str_slice(name, 6, name.n)));
    return arena_printf(arena, "field.%.*s", STR_FMT(name));
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
    const struct entity_field *standard = entity_field(&case_entity, name);
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
    else if (standard && standard->portal)
        field.rule = *standard;
    else {
        config_fault(form->loading, place, "unknown field %.*s", STR_FMT(name));
        return;
    }
    field.required = field.rule.required;
    if (extra && !ini_find(&form->loading->ini, section_of(form->loading->arena, name), STR_NONE)) {
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
    const struct ini_entry *list = ini_find(&loading->ini, STR("case_form"), STR("fields"));
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

const struct code_list config_kinds = {
    (const struct code[]){
        [FIELD_TEXT] = {"text", _("Text")},
        [FIELD_MULTILINE] = {"multiline", _("Text of several lines")},
        [FIELD_DECIMAL] = {"number", _("Number")},
        [FIELD_DATE] = {"date", _("Date")},
        [FIELD_CHOICE] = {"choice", _("Choice")},
        [FIELD_YES_NO] = {"yes_no", _("Yes or no")},
    },
    FIELD_YES_NO + 1,
};

/* The settings of a field, in the order in which they are written. */
static const struct field_key {
    const char *name;
    enum { OF_KIND, OF_TEXT, OF_FLAG, OF_CHOICES } type;
    size_t offset; /* of a text or flag in struct config_field */
    size_t limit;  /* of a text, in characters; 0: the rule of the field limits it */
} FIELD_KEYS[] = {
    {"kind", OF_KIND, 0, 0},
    {"label_sv", OF_TEXT, offsetof(struct config_field, label[LANG_SV]), LABEL_LENGTH},
    {"label_en", OF_TEXT, offsetof(struct config_field, label[LANG_EN]), LABEL_LENGTH},
    {"hint_sv", OF_TEXT, offsetof(struct config_field, hint[LANG_SV]), HINT_LENGTH},
    {"hint_en", OF_TEXT, offsetof(struct config_field, hint[LANG_EN]), HINT_LENGTH},
    {"required", OF_FLAG, offsetof(struct config_field, required), 0},
    {"readonly", OF_FLAG, offsetof(struct config_field, readonly), 0},
    {"hidden", OF_FLAG, offsetof(struct config_field, hidden), 0},
    {"default", OF_TEXT, offsetof(struct config_field, value), 0},
    {"choices", OF_CHOICES, 0, 0},
};
#define FIELD_KEY_COUNT (sizeof FIELD_KEYS / sizeof *FIELD_KEYS)

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

static void apply_setting(struct form *form, struct config_field *field, const struct ini_entry *entry)
{
    struct config_loading *loading = form->loading;
    const struct field_key *key = FIELD_KEYS;
    while (key < FIELD_KEYS + FIELD_KEY_COUNT && !str_eqz(entry->key, key->name))
        key++;
    /* Only extra fields have kinds and choices of their own. */
    if (key == FIELD_KEYS + FIELD_KEY_COUNT || (!field->key.n && (key->type == OF_KIND || key->type == OF_CHOICES))) {
        config_fault(loading, entry->place, "unknown setting %.*s in [%.*s]", STR_FMT(entry->key),
                     STR_FMT(entry->section));
        return;
    }
    void *member = (char *)field + key->offset;
    ptrdiff_t kind = 0;
    switch (key->type) {
    case OF_TEXT:
        *(struct str *)member = entry->value;
        break;
    case OF_FLAG:
        if (!config_bool(entry->value, member))
            config_fault(loading, entry->place, "%s must be yes or no", key->name);
        break;
    case OF_KIND:
        kind = code_find(&config_kinds, entry->value);
        field->rule.kind = kind < 0 ? FIELD_TEXT : (enum field_kind)kind;
        if (kind < 0)
            config_fault(loading, entry->place, "kind must be text, multiline, number, date, choice or yes_no");
        break;
    case OF_CHOICES:
        parse_choices(form, field, entry);
        break;
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
    const struct ini_entry *entry = ini_find(ini, section, str_of(key));
    if (!entry)
        entry = ini_find(ini, section, STR_NONE);
    return entry ? entry->place : STR("case_form");
}

static void check_texts(struct form *form, const struct config_field *field)
{
    for (size_t i = 0; i < FIELD_KEY_COUNT; i++) {
        const struct field_key *key = &FIELD_KEYS[i];
        if (key->limit && utf8_count(*(const struct str *)((const char *)field + key->offset)) > key->limit)
            config_fault(form->loading, config_form_place_of(form, field, key->name), "%s has more than %zu characters",
                         key->name, key->limit);
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
    if (field->label[LANG_SV].n || field->label[LANG_EN].n)
        field->rule.missing = NULL; /* its example may not fit the name of this installation */
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

/* --- writing ------------------------------------------------------------------------------------------------------ */

static struct str choices_text(struct arena *arena, const struct config_field *field)
{
    struct buf list;
    buf_init(&list, arena);
    for (size_t i = 0; i < field->choice_count; i++) {
        const struct config_choice *choice = &field->choices[i];
        buf_printf(&list, "%s%.*s:%.*s|%.*s", i ? "; " : "", STR_FMT(choice->value), STR_FMT(choice->label[LANG_SV]),
                   STR_FMT(choice->label[LANG_EN]));
    }
    return buf_text(&list);
}

/* Returns a setting as text; empty if it has its usual value. An extra field always says its kind. */
static struct str field_key_text(struct arena *arena, const struct config_field *field, const struct field_key *key)
{
    const void *member = (const char *)field + key->offset;
    switch (key->type) {
    case OF_KIND:
        return field->key.n ? str_of(code_name(&config_kinds, field->rule.kind)) : STR_NONE;
    case OF_TEXT:
        return *(const struct str *)member;
    case OF_CHOICES:
        return choices_text(arena, field);
    case OF_FLAG:
        break;
    }
    bool usual = member == &field->required && field->rule.required;
    if (*(const bool *)member == usual)
        return STR_NONE;
    return usual ? STR("no") : STR("yes");
}

void config_form_write(struct buf *out, struct arena *arena, const struct config *config)
{
    struct str *names = ARENA_ARRAY(arena, struct str, config->field_count);
    for (size_t i = 0; i < config->field_count; i++)
        names[i] = config->fields[i].name;
    buf_z(out, "\n[case_form]\n");
    config_write_line(out, "fields", config_join(arena, names, config->field_count));
    for (size_t i = 0; i < config->field_count; i++) {
        struct str section = section_of(arena, config->fields[i].name);
        for (size_t k = 0; k < FIELD_KEY_COUNT; k++) {
            struct str value = field_key_text(arena, &config->fields[i], &FIELD_KEYS[k]);
            if (!value.n)
                continue;
            if (section.n)
                buf_printf(out, "\n[%.*s]\n", STR_FMT(section));
            section = STR_NONE;
            config_write_line(out, FIELD_KEYS[k].name, value);
        }
    }
}
