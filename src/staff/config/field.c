/* /staff/configuration/form/{field}: the settings of one field. */
#include "staff/config/config.html.h"
#include "staff/config/form.h"
#include "staff/config/pages.h"
#include "staff/config/settings.h"

#define LABEL_MAX 200
#define HINT_MAX 500
#define TEXT_MAX 10000

static const struct {
    const char *name;
    const struct msgid *label, *hint;
    int max_length;
} INPUTS[FIELD_INPUTS] = {
    [FIELD_LABEL_SV] = {"label_sv", _("Label, Swedish"), _("Empty: the usual name."), LABEL_MAX},
    [FIELD_LABEL_EN] = {"label_en", _("Label, English"), NULL, LABEL_MAX},
    [FIELD_HINT_SV] = {"hint_sv", _("Hint, Swedish"), _("A line below the label."), HINT_MAX},
    [FIELD_HINT_EN] = {"hint_en", _("Hint, English"), NULL, HINT_MAX},
    [FIELD_DEFAULT] = {"default", _("Default"), NULL, TEXT_MAX},
    [FIELD_KIND_OF] = {"kind", _("Kind"), NULL, 0},
    [FIELD_CHOICES] = {"choices", _("Choices"), _("One a line, as key: Swedish | English. Only for the kind Choice."),
                       TEXT_MAX},
    [FIELD_REQUIRED] = {"required", _("Must be filled in"), NULL, 0},
    [FIELD_SHOWN] = {"shown", _("How it is shown"), NULL, 0},
};

struct sending {
    struct config_draft draft;
    struct form_copy copy;
    struct config_field *field; /* points into the copy */
    struct field inputs[FIELD_INPUTS];
    struct str refusal;
};

static const struct msgid *default_hint(enum field_kind kind)
{
    switch (kind) {
    case FIELD_PICKLIST:
        return _("The key of an item of the picklist.");
    case FIELD_CHOICE:
        return _("The key of a choice.");
    case FIELD_DECIMAL:
        return _("A number.");
    case FIELD_DATE:
        return _("As 2026-03-31, or {today}.");
    case FIELD_YES_NO:
        return _("yes or no.");
    default:
        return _("Text. {name}, {email} and {phone} stand for the contact who is logged in, {today} for the date.");
    }
}

static struct str choices_text(struct visit *visit, const struct config_field *field)
{
    struct buf out;
    buf_init(&out, visit->arena);
    for (size_t i = 0; i < field->choice_count; i++) {
        const struct config_choice *choice = &field->choices[i];
        buf_printf(&out, "%.*s: %.*s | %.*s\n", STR_FMT(choice->value), STR_FMT(choice->label[LANG_SV]),
                   STR_FMT(choice->label[LANG_EN]));
    }
    return buf_text(&out);
}

static void config_field_open_inputs(struct visit *visit, struct sending *sending)
{
    const struct config_field *field = sending->field;
    for (int i = 0; i < FIELD_INPUTS; i++)
        sending->inputs[i] = (struct field){.name = str_of(INPUTS[i].name),
                                            .label = visit_tr(visit, INPUTS[i].label),
                                            .hint = visit_tr(visit, INPUTS[i].hint),
                                            .max_length = INPUTS[i].max_length,
                                            .autocomplete = "off"};
    sending->inputs[FIELD_LABEL_SV].value = field->label[LANG_SV];
    sending->inputs[FIELD_LABEL_EN].value = field->label[LANG_EN];
    sending->inputs[FIELD_HINT_SV].value = field->hint[LANG_SV];
    sending->inputs[FIELD_HINT_EN].value = field->hint[LANG_EN];
    sending->inputs[FIELD_DEFAULT].value = field->value;
    sending->inputs[FIELD_DEFAULT].hint = visit_tr(visit, default_hint(field->rule.kind));
    sending->inputs[FIELD_KIND_OF].value = str_of(config_kind_name(field->rule.kind));
    sending->inputs[FIELD_CHOICES].value = choices_text(visit, field);
    sending->inputs[FIELD_REQUIRED].value = field->required ? STR("yes") : STR_NONE;
    sending->inputs[FIELD_SHOWN].value = shown_of(field);
    if (field->key.n) {
        sending->inputs[FIELD_LABEL_SV].hint = STR_NONE;
        sending->inputs[FIELD_LABEL_SV].required = true;
        sending->inputs[FIELD_LABEL_EN].hint = visit_tr(visit, _("Empty: the Swedish one."));
    }
}

static bool config_field_open_field(struct visit *visit, struct sending *sending, struct err *err)
{
    *sending = (struct sending){.field = NULL};
    if (!config_draft_load(visit, &sending->draft, err))
        return false;
    form_copy(visit, &sending->draft, &sending->copy);
    for (size_t i = 0; i < sending->copy.count; i++) {
        if (str_eq(sending->copy.fields[i].name, visit->path_value[0]))
            sending->field = &sending->copy.fields[i];
    }
    if (!sending->field)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such field in the form");
    config_field_open_inputs(visit, sending);
    return true;
}

static bool tell_held(struct visit *visit, struct str key, struct str *told, struct err *err)
{
    bool held = false;
    if (key.n && !extra_is_held(visit, key, &held, err))
        return false;
    if (held)
        *told =
            visit_tr(visit, _("Cases hold values of this field. They stay there when it is taken out, under its key "
                              "instead of its label."));
    return true;
}

static bool config_field_show(struct visit *visit, struct sending *sending, struct err *err)
{
    const struct config_field *field = config_field(&sending->draft.config, visit->path_value[0]);
    struct form_field_view view = {
        .title = name_label(visit, &sending->draft.config, field->name),
        .path = arena_printf(visit->arena, "/staff/configuration/form/%.*s", STR_FMT(field->name)),
        .mark = config_draft_mark(visit, &sending->draft),
        .refusal = sending->refusal,
        .extra = field->key.n > 0,
        .has_default = field->rule.kind != FIELD_CUSTOMER && field->rule.kind != FIELD_OBJECT,
    };
    if (!tell_held(visit, field->key, &view.held, err))
        return false;
    kind_options(visit, &sending->inputs[FIELD_KIND_OF]);
    shown_options(visit, &sending->inputs[FIELD_SHOWN]);
    for (int i = 0; i < FIELD_INPUTS; i++)
        view.inputs[i] = sending->inputs[i];
    view.remove_path = arena_printf(visit->arena, "%.*s/remove", STR_FMT(view.path));
    page_begin(visit, view.title);
    config_field_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool config_field_page(struct visit *visit, struct err *err)
{
    struct sending sending;
    return config_field_open_field(visit, &sending, err) && config_field_show(visit, &sending, err);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

/*
 * Reads the choices, one on each line, as `key: Swedish | English`. The rules of the settings file find faults in them
 * later.
 */
static void take_choices(struct visit *visit, struct str text, struct config_field *field)
{
    struct str rest = text, line;
    size_t cap = 1;
    for (size_t i = 0; i < text.n; i++)
        cap += text.p[i] == '\n' || text.p[i] == ';';
    struct config_choice *choices = ARENA_ARRAY(visit->arena, struct config_choice, cap);
    field->choice_count = 0;
    while (str_cut(&rest, '\n', &line)) {
        struct str labels = one_line(visit->arena, line), key, swedish = STR_NONE;
        if (!labels.n)
            continue;
        (void)str_cut(&labels, ':', &key);
        (void)str_cut(&labels, '|', &swedish);
        choices[field->choice_count++] =
            (struct config_choice){str_trim(key), {[LANG_SV] = str_trim(swedish), [LANG_EN] = str_trim(labels)}};
    }
    field->choices = choices;
}

static void config_field_take_extra(struct visit *visit, struct sending *sending)
{
    struct config_field *field = sending->field;
    struct field *kind = &sending->inputs[FIELD_KIND_OF], *choices = &sending->inputs[FIELD_CHOICES];
    choices->value = http_param(&visit->request->form, "choices");
    if (!kind_parse(kind->value, &field->rule.kind))
        kind->error = visit_tr(visit, field_fault(kind->name, kind->value));
    field->choice_count = 0;
    if (field->rule.kind == FIELD_CHOICE)
        take_choices(visit, choices->value, field);
    sending->inputs[FIELD_DEFAULT].hint = visit_tr(visit, default_hint(field->rule.kind));
}

static void config_field_take(struct visit *visit, struct sending *sending)
{
    struct config_field *field = sending->field;
    for (int i = 0; i < FIELD_INPUTS; i++)
        sending->inputs[i].value = one_line(visit->arena, http_param(&visit->request->form, INPUTS[i].name));
    field->label[LANG_SV] = sending->inputs[FIELD_LABEL_SV].value;
    field->label[LANG_EN] = sending->inputs[FIELD_LABEL_EN].value;
    field->hint[LANG_SV] = sending->inputs[FIELD_HINT_SV].value;
    field->hint[LANG_EN] = sending->inputs[FIELD_HINT_EN].value;
    field->value = sending->inputs[FIELD_DEFAULT].value;
    field->required = sending->inputs[FIELD_REQUIRED].value.n > 0;
    sending->inputs[FIELD_REQUIRED].value = field->required ? STR("yes") : STR_NONE;
    shown_set(field, sending->inputs[FIELD_SHOWN].value);
    if (field->key.n)
        config_field_take_extra(visit, sending);
}

/*
 * Shows each fault beside its input. A fault without an input of its own is about the value: a required field that
 * users cannot fill in needs a default, a choice needs choices, an extra field a label.
 */
static void config_field_tell_faults(struct visit *visit, struct sending *sending, const struct config_faults *faults)
{
    bool told = false;
    for (size_t k = 0; k < faults->count; k++) {
        for (int i = 0; i < FIELD_INPUTS; i++) {
            if (str_eqz(faults->items[k].key, INPUTS[i].name)) {
                sending->inputs[i].error =
                    visit_tr(visit, field_fault(str_of(INPUTS[i].name), sending->inputs[i].value));
                told = true;
            }
        }
    }
    if (told || !faults->count)
        return;
    int which = sending->field->rule.kind == FIELD_CHOICE && !sending->field->choice_count ? FIELD_CHOICES
                : sending->field->key.n && !sending->field->label[LANG_SV].n               ? FIELD_LABEL_SV
                                                                                           : FIELD_DEFAULT;
    sending->inputs[which].error =
        visit_tr(visit, field_fault(str_of(INPUTS[which].name), sending->inputs[which].value));
}

bool config_field_send(struct visit *visit, struct err *err)
{
    struct sending sending;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    if (!config_field_open_field(visit, &sending, err))
        return false;
    config_field_take(visit, &sending);
    bool fits = form_settle(visit, &sending.copy, &made, &faults, &misfit);
    config_field_tell_faults(visit, &sending, &faults);
    if (!fits || sending.inputs[FIELD_KIND_OF].error.n) {
        visit->response->status = 400;
        return config_field_show(visit, &sending, err);
    }
    if (config_draft_moved(visit, &sending.draft)) {
        visit->response->status = 409;
        sending.refusal = moved_text(visit);
        return config_field_show(visit, &sending, err);
    }
    return keep_and_go(visit, &sending.draft, &made, "/staff/configuration/form", err);
}

bool config_field_remove(struct visit *visit, struct err *err)
{
    struct sending sending;
    struct config made;
    if (!config_field_open_field(visit, &sending, err))
        return false;
    if (config_draft_moved(visit, &sending.draft)) {
        visit->response->status = 409;
        sending.refusal = moved_text(visit);
        return config_field_show(visit, &sending, err);
    }
    struct form_copy *copy = &sending.copy;
    size_t at = (size_t)(sending.field - copy->fields);
    for (size_t i = at + 1; i < copy->count; i++)
        copy->fields[i - 1] = copy->fields[i];
    copy->count--;
    if (form_settle(visit, copy, &made, NULL, err))
        return keep_and_go(visit, &sending.draft, &made, "/staff/configuration/form", err);
    if (err->kind != ERR_INVALID)
        return false;
    return err_set(err, ERR_INVALID, _("The form needs a title or a description."), "the last of both");
}
