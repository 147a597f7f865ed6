/* /staff/configuration/form/{field}: the settings of one field. */
#include "staff/config/config.html.h"
#include "staff/config/form.h"
#include "staff/config/pages.h"

#define LABEL_MAX 200
#define HINT_MAX 500
#define TEXT_MAX 10000
#define OF(member) offsetof(struct config_field, member)

static const struct {
    const char *name;
    const struct msgid *label, *hint;
    int max_length;
    size_t offset; /* of a text: its member */
} INPUTS[FIELD_INPUTS] = {
    [FIELD_LABEL_SV] = {"label_sv", _("Label, Swedish"), _("Empty: the usual name."), LABEL_MAX, OF(label[LANG_SV])},
    [FIELD_LABEL_EN] = {"label_en", _("Label, English"), NULL, LABEL_MAX, OF(label[LANG_EN])},
    [FIELD_HINT_SV] = {"hint_sv", _("Hint, Swedish"), _("A line below the label."), HINT_MAX, OF(hint[LANG_SV])},
    [FIELD_HINT_EN] = {"hint_en", _("Hint, English"), NULL, HINT_MAX, OF(hint[LANG_EN])},
    [FIELD_DEFAULT] = {"default", _("Default"), NULL, TEXT_MAX, OF(value)},
    [FIELD_KIND_OF] = {"kind", _("Type"), NULL, 0, 0},
    [FIELD_CHOICES] = {"choices", _("Choices"), _("One a line, as key: Swedish | English. Only for the type Choice."),
                       TEXT_MAX, 0},
    [FIELD_REQUIRED] = {"required", _("Must be filled in"), NULL, 0, 0},
    [FIELD_SHOWN] = {"shown", _("How it is shown"), NULL, 0, 0},
};

static struct str *field_text_at(struct config_field *field, int input)
{
    return (struct str *)(void *)((char *)field + INPUTS[input].offset);
}

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

static struct str choice_lines(struct visit *visit, const struct config_field *field)
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

static void add_inputs(struct visit *visit, struct field_view *view)
{
    struct config_field *field = view->field;
    for (int i = 0; i < FIELD_INPUTS; i++)
        (void)draft_page_add(&view->page, (struct field){.name = str_of(INPUTS[i].name),
                                                         .label = visit_tr(visit, INPUTS[i].label),
                                                         .hint = visit_tr(visit, INPUTS[i].hint),
                                                         .max_length = INPUTS[i].max_length,
                                                         .autocomplete = "off"});
    struct field *inputs = view->page.fields;
    for (int i = FIELD_LABEL_SV; i <= FIELD_DEFAULT; i++)
        inputs[i].value = *field_text_at(field, i);
    inputs[FIELD_KIND_OF].value = str_of(code_name(&config_kinds, field->rule.kind));
    inputs[FIELD_CHOICES].value = choice_lines(visit, field);
    inputs[FIELD_REQUIRED].value = field->required ? STR("yes") : STR_NONE;
    inputs[FIELD_SHOWN].value = shown_of(field);
    if (field->key.n) {
        inputs[FIELD_LABEL_SV].hint = STR_NONE;
        inputs[FIELD_LABEL_SV].required = true;
        inputs[FIELD_LABEL_EN].hint = visit_tr(visit, _("Empty: the Swedish one."));
    }
}

static bool field_open(struct visit *visit, struct field_view *view, struct err *err)
{
    struct str name = visit->path_value[0];
    *view = (struct field_view){.field = NULL};
    if (!draft_page_open(visit, &view->page,
                         arena_printf(visit->arena, "/staff/configuration/form/%.*s", STR_FMT(name)).p, STR_NONE,
                         FIELD_INPUTS, err))
        return false;
    view->fields = form_copy(visit, &view->page.draft);
    view->count = view->page.draft.config.field_count;
    for (size_t i = 0; i < view->count; i++) {
        if (str_eq(view->fields[i].name, name))
            view->field = &view->fields[i];
    }
    if (!view->field)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such field in the form");
    view->page.title = name_label(visit, &view->page.draft.config, name);
    view->remove_path = arena_printf(visit->arena, "%.*s/remove", STR_FMT(view->page.path));
    add_inputs(visit, view);
    return !view->field->key.n || extra_is_held(visit, view->field->key, &view->held, err);
}

static bool field_show(struct visit *visit, struct field_view *view)
{
    struct field *inputs = view->page.fields;
    inputs[FIELD_DEFAULT].hint = visit_tr(visit, default_hint(view->field->rule.kind));
    codes_to_choose(visit, &config_kinds, &inputs[FIELD_KIND_OF]);
    codes_to_choose(visit, &shown_codes, &inputs[FIELD_SHOWN]);
    return page_show(visit, view->page.title, config_field_html, view);
}

bool config_field_page(struct visit *visit, struct err *err)
{
    struct field_view view;
    return field_open(visit, &view, err) && field_show(visit, &view);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

/*
 * Reads the choices, one on each line, as `key: Swedish | English`. The rules of the settings file find faults in them
 * later.
 */
static void take_choices(struct visit *visit, struct str text, struct config_field *field)
{
    struct str *lines;
    size_t count = config_split(visit->arena, text, '\n', &lines);
    struct config_choice *choices = ARENA_ARRAY(visit->arena, struct config_choice, count);
    field->choice_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct str labels = setting_line(visit->arena, lines[i]), key, swedish = STR_NONE;
        if (!labels.n)
            continue;
        (void)str_cut(&labels, ':', &key);
        (void)str_cut(&labels, '|', &swedish);
        choices[field->choice_count++] =
            (struct config_choice){str_trim(key), {[LANG_SV] = str_trim(swedish), [LANG_EN] = str_trim(labels)}};
    }
    field->choices = choices;
}

static void field_take(struct visit *visit, struct field_view *view)
{
    struct config_field *field = view->field;
    struct field *inputs = view->page.fields, *kind = &inputs[FIELD_KIND_OF];
    for (int i = 0; i < FIELD_INPUTS; i++)
        inputs[i].value = typed_line(visit, inputs[i].name);
    for (int i = FIELD_LABEL_SV; i <= FIELD_DEFAULT; i++)
        *field_text_at(field, i) = inputs[i].value;
    field->required = inputs[FIELD_REQUIRED].value.n > 0;
    inputs[FIELD_REQUIRED].value = field->required ? STR("yes") : STR_NONE;
    shown_set(field, inputs[FIELD_SHOWN].value);
    if (!field->key.n)
        return;
    ptrdiff_t at = code_find(&config_kinds, kind->value);
    if (at < 0)
        kind->error = visit_tr(visit, field_setting_fault(kind->name, kind->value));
    else
        field->rule.kind = (enum field_kind)at;
    inputs[FIELD_CHOICES].value = http_param(&visit->request->form, "choices");
    field->choice_count = 0;
    if (field->rule.kind == FIELD_CHOICE)
        take_choices(visit, inputs[FIELD_CHOICES].value, field);
}

/*
 * Shows each fault beside its input. A fault without an input of its own is about the value: a required field that
 * users cannot fill in needs a default, a choice needs choices, an extra field a label.
 */
static void show_field_faults(struct visit *visit, struct field_view *view, const struct config_faults *faults)
{
    struct field *inputs = view->page.fields;
    const struct config_field *field = view->field;
    bool beside = !faults->count;
    for (size_t k = 0; k < faults->count; k++) {
        for (int i = 0; i < FIELD_INPUTS; i++) {
            if (str_eq(faults->items[k].key, inputs[i].name)) {
                inputs[i].error = visit_tr(visit, field_setting_fault(inputs[i].name, inputs[i].value));
                beside = true;
            }
        }
    }
    if (beside)
        return;
    struct field *input = &inputs[FIELD_DEFAULT];
    if (field->rule.kind == FIELD_CHOICE && !field->choice_count)
        input = &inputs[FIELD_CHOICES];
    else if (field->key.n && !field->label[LANG_SV].n)
        input = &inputs[FIELD_LABEL_SV];
    input->error = visit_tr(visit, field_setting_fault(input->name, input->value));
}

bool config_field_send(struct visit *visit, struct err *err)
{
    struct field_view view;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    if (!field_open(visit, &view, err))
        return false;
    field_take(visit, &view);
    bool fits = form_settle(visit, &view.page.draft, view.fields, view.count, &made, &faults, &misfit);
    show_field_faults(visit, &view, &faults);
    if (draft_refused(visit, &view.page.draft, fits && !view.page.fields[FIELD_KIND_OF].error.n, &view.page.refusal))
        return field_show(visit, &view);
    return keep_and_go(visit, &view.page.draft, &made, STR("/staff/configuration/form"), err);
}

bool config_field_remove(struct visit *visit, struct err *err)
{
    struct field_view view;
    struct config made;
    if (!field_open(visit, &view, err))
        return false;
    if (draft_refused(visit, &view.page.draft, true, &view.page.refusal))
        return field_show(visit, &view);
    view.count--;
    for (struct config_field *field = view.field; field < view.fields + view.count; field++)
        *field = field[1];
    if (form_settle(visit, &view.page.draft, view.fields, view.count, &made, NULL, err))
        return keep_and_go(visit, &view.page.draft, &made, STR("/staff/configuration/form"), err);
    if (err->kind != ERR_INVALID)
        return false;
    return err_set(err, ERR_INVALID, _("The form needs a title or a description."), "the last of both");
}
