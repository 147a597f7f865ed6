/* Shows forms to people: formats their values and makes their inputs. */
#include "forms/form.h"

#include "base/decimal.h"
#include "model/choices.h"

struct field *form_page_field(const struct form_page *page, size_t at)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->places[i] == at)
            return &page->fields[i];
    }
    return NULL;
}

/* --- values as people read them ----------------------------------------------------------------------------------- */

static bool item_text(struct form *form, enum lang lang, const char *list, struct str *text, struct err *err)
{
    struct visit *visit = form->visit;
    struct str english = STR_NONE;
    bool found;
    if (!db_find(visit->db, visit->arena, "SELECT label_sv, label_en FROM picklist_item WHERE list = $1 AND key = $2",
                 DB_ARGS(DB_TEXT(str_of(list)), DB_TEXT(*text)), DB_TARGETS(TO(text), TO(&english)), &found, err))
        return false;
    if (lang == LANG_EN && english.n)
        *text = english;
    return true;
}

static const struct msgid *code_text(const struct form_field *field, struct str value)
{
    return code_label_of(field->rule->kind == FIELD_YES_NO ? &yes_no_codes : field->rule->codes, value);
}

bool form_text(struct form *form, enum lang lang, size_t at, struct str value, struct str *text, struct err *err)
{
    const struct form_field *field = &form->fields[at];
    struct arena *arena = form->visit->arena;
    int64_t number = 0;
    *text = value;
    if (!value.n)
        return true;
    switch (field->rule->kind) {
    case FIELD_PICKLIST:
        return item_text(form, lang, field->rule->list, text, err);
    case FIELD_INSTANT:
        *text =
            arena_printf(arena, "%.*s %.*s", STR_FMT(str_slice(value, 0, 10)), STR_FMT(str_slice(value, 11, value.n)));
        break;
    case FIELD_MONEY:
    case FIELD_DECIMAL:
    case FIELD_DISCOUNT:
        if (decimal_parse(value, &number))
            *text = field_number_text(arena, lang, field->rule->kind, number);
        break;
    case FIELD_CHOICE:
    case FIELD_YES_NO:
        for (size_t i = 0; field->choices && i < field->rule->codes->count; i++) {
            if (str_eq(value, field->choices[i].value))
                *text = field->choices[i].label[lang];
        }
        if (!field->choices && code_text(field, value))
            *text = tr(lang, code_text(field, value));
        break;
    default:
        break;
    }
    return true;
}

/* --- inputs ------------------------------------------------------------------------------------------------------- */

/* Returns a decimal with the decimal sign of the language, as people type it. Other text stays as it was typed. */
static struct str decimal_input(struct form *form, struct str value)
{
    struct arena *arena = form->visit->arena;
    ptrdiff_t dot = str_find_char(value, '.');
    if (dot < 0 || form->visit->view.lang == LANG_EN)
        return value;
    return arena_printf(arena, "%.*s,%.*s", STR_FMT(str_slice(value, 0, (size_t)dot)),
                        STR_FMT(str_slice(value, (size_t)dot + 1, value.n)));
}

static struct str value_input(struct form *form, size_t at)
{
    int64_t fraction = 0;
    struct str value = form->values[at];
    switch (form->fields[at].rule->kind) {
    case FIELD_DISCOUNT:
        if (form->errors[at].n)
            return http_param(&form->visit->request->form, form->fields[at].name);
        if (!decimal_parse(value, &fraction))
            return value;
        return fraction ? decimal_input(form, decimal_format(form->visit->arena, fraction * 100)) : STR_NONE;
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return decimal_input(form, value);
    default:
        return value;
    }
}

static const char *form_show_type_of(enum field_kind kind)
{
    switch (kind) {
    case FIELD_EMAIL:
        return "email";
    case FIELD_PHONE:
        return "tel";
    case FIELD_DATE:
        return "date";
    case FIELD_INSTANT:
        return "datetime-local";
    default:
        return "text";
    }
}

static enum form_control form_show_control_of(const struct form_field *field)
{
    switch (field->rule->kind) {
    case FIELD_MULTILINE:
        return FORM_AREA;
    case FIELD_PICKLIST:
    case FIELD_CHOICE:
        return FORM_SELECT;
    case FIELD_YES_NO:
        return field->label_msgid ? FORM_CHECK : FORM_SELECT;
    default:
        return field->rule->many ? FORM_AREA : FORM_INPUT;
    }
}

static void code_options(struct form *form, size_t at, struct field *input)
{
    const struct form_field *field = &form->fields[at];
    const struct code_list *list = field->rule->kind == FIELD_YES_NO ? &yes_no_codes : field->rule->codes;
    struct option *options = ARENA_ARRAY(form->visit->arena, struct option, list->count);
    for (size_t i = 0; i < list->count; i++) {
        struct str name = str_of(list->codes[i].name);
        if (!name.n)
            continue;
        struct str label = field->choices ? field->choices[i].label[form->visit->view.lang]
                                          : visit_tr(form->visit, list->codes[i].label);
        options[input->option_count++] = (struct option){name, label, str_eq(name, form->values[at])};
    }
    input->options = options;
}

static bool fill_options(struct form *form, size_t at, struct field *input, struct err *err)
{
    const struct form_field *field = &form->fields[at];
    struct option *options;
    input->empty_label = visit_tr(form->visit, field->required ? _("Choose…") : _("None"));
    if (field->rule->kind != FIELD_PICKLIST) {
        code_options(form, at, input);
        return true;
    }
    if (!choices_picklist(form->visit, field->rule->list, form->values[at], &options, &input->option_count, err))
        return false;
    input->options = options;
    return true;
}

/* The keyboard that a phone shows. */
static const char *inputmode_of(enum field_kind kind)
{
    switch (kind) {
    case FIELD_DECIMAL:
    case FIELD_MONEY:
    case FIELD_DISCOUNT:
        return "decimal";
    case FIELD_EMAIL:
        return "email";
    case FIELD_PHONE:
        return "tel";
    default:
        return NULL;
    }
}

static bool fill_input(struct form *form, size_t at, struct form_input *input, struct err *err)
{
    const struct form_field *field = &form->fields[at];
    enum field_kind kind = field->rule->kind;
    input->control = form_show_control_of(field);
    *input->field = (struct field){
        .name = str_of(field->name),
        .label = field->label_msgid ? visit_tr(form->visit, field->label_msgid) : field->label,
        .value = value_input(form, at),
        .error = form->errors[at],
        .required = field->required,
        .readonly = field->readonly,
        .type = form_show_type_of(kind),
        .inputmode = inputmode_of(kind),
        .max_length =
            field->rule->many || kind == FIELD_DATE || kind == FIELD_INSTANT ? 0 : (int64_t)field->rule->limit,
        .lookup = field->lookup,
        .rows = kind == FIELD_MULTILINE ? 6 : 4,
    };
    return input->control != FORM_SELECT || fill_options(form, at, input->field, err);
}

bool form_fill(struct form *form, struct form_page *page, struct err *err)
{
    struct arena *arena = form->visit->arena;
    page->inputs = ARENA_ARRAY(arena, struct form_input, form->count);
    page->fields = ARENA_ARRAY(arena, struct field, form->count);
    page->places = ARENA_ARRAY(arena, size_t, form->count);
    for (size_t i = 0; i < form->count; i++) {
        if (!form->fields[i].shown)
            continue;
        struct form_input *input = &page->inputs[page->count];
        input->field = &page->fields[page->count];
        page->places[page->count++] = i;
        if (!fill_input(form, i, input, err))
            return false;
    }
    if (!page->was.n)
        page->was = http_param(&form->visit->request->form, form->was_name);
    if (!page->was.n)
        page->was = form_was(form);
    return true;
}
