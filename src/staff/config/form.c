/* /staff/configuration/form: the fields of a new case in their order. */
#include "staff/config/form.h"

#include "staff/config/config.html.h"
#include "staff/config/pages.h"

#define STEP 10
#define KEY_MAX 40
#define LABEL_MAX 200
#define ROWS_MAX (CONFIG_FIELDS_MAX + 20) /* the fields of the form and the standard fields that are not in it */

struct config_field *form_copy(struct visit *visit, const struct config_draft *draft)
{
    struct config_field *fields = ARENA_ARRAY(visit->arena, struct config_field, CONFIG_FIELDS_MAX + 1);
    for (size_t i = 0; i < draft->config.field_count; i++)
        fields[i] = draft->config.fields[i];
    return fields;
}

static void drop_columns(struct visit *visit, struct config *config)
{
    struct str *columns = ARENA_ARRAY(visit->arena, struct str, config->columns.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < config->columns.count; i++) {
        struct str name = config->columns.items[i];
        if (!str_starts(name, STR("extra_")) || config_field(config, name))
            columns[count++] = name;
    }
    if (!count)
        columns[count++] = STR("number");
    config->columns = (struct config_names){columns, count};
}

bool form_settle(struct visit *visit, const struct config_draft *draft, const struct config_field *fields, size_t count,
                 struct config *made, struct config_faults *faults, struct err *err)
{
    struct config config = draft->config;
    config.fields = fields;
    config.field_count = count;
    drop_columns(visit, &config);
    return config_with(visit->arena, visit->config, config_text(visit->arena, &config), false, made, faults, err);
}

const struct code_list shown_codes = {
    (const struct code[]){
        {"shown", _("To fill in")}, {"readonly", _("Shown, not to be changed")}, {"hidden", _("Not shown")}},
    3,
};

struct str shown_of(const struct config_field *field)
{
    return field->hidden ? STR("hidden") : field->readonly ? STR("readonly") : STR("shown");
}

void shown_set(struct config_field *field, struct str shown)
{
    if (str_eq(shown, shown_of(field)))
        return;
    field->hidden = str_eqz(shown, "hidden");
    field->readonly = str_eqz(shown, "readonly");
}

const struct msgid *field_setting_fault(struct str key, struct str value)
{
    if (str_eqz(key, "label_sv"))
        return value.n ? _("The text is too long.") : _("Fill in this field.");
    if (str_eqz(key, "default"))
        return value.n ? _("The value does not fit the type of the field.")
                       : _("A required field that is hidden, or that cannot be changed, needs a value.");
    if (str_eqz(key, "choices"))
        return _("Write one choice a line as key: Swedish | English, each key once.");
    return str_eqz(key, "kind") ? _("Choose one of the list.") : _("The text is too long.");
}

bool extra_is_held(struct visit *visit, struct str key, bool *held, struct err *err)
{
    int64_t one = 0;
    return db_query_int(visit->db, "SELECT 1 FROM case_extra WHERE key = $1 LIMIT 1", DB_ARGS(DB_TEXT(key)), held, &one,
                        err);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static struct field row_input(struct visit *visit, const char *input, struct str name, const struct msgid *label_msgid,
                              struct str label)
{
    return (struct field){.name = arena_printf(visit->arena, "%s_%.*s", input, STR_FMT(name)),
                          .label = tr_fill(visit->arena, visit->view.lang, label_msgid, &label, 1)};
}

/* number: the place of the field in the form; 0: it is not there. */
static void add_row(struct visit *visit, struct form_view *view, const struct config_field *field, int64_t number)
{
    struct form_row *row = &view->rows[view->count++];
    struct str label = name_label(visit, &view->page.draft.config, field->name);
    *row = (struct form_row){.field = *field, .label = label, .kind = visit_tr(visit, kind_label(field->rule.kind))};
    row->position = position_add(visit, &view->page, arena_printf(visit->arena, "position_%.*s", STR_FMT(field->name)),
                                 label, number);
    row->required = row_input(visit, "required", field->name, _("{1} must be filled in"), label);
    row->required.value = field->required ? STR("yes") : STR_NONE;
    row->shown = draft_page_add(&view->page, row_input(visit, "shown", field->name, _("How {1} is shown"), label));
    row->shown->value = shown_of(field);
    if (number)
        row->url = arena_printf(visit->arena, "/staff/configuration/form/%.*s", STR_FMT(field->name));
}

static void add_fresh(struct visit *visit, struct form_view *view)
{
    view->fresh = draft_page_add(
        &view->page,
        (struct field){
            .name = STR("key"),
            .label = visit_tr(visit, _("Key")),
            .hint = visit_tr(visit,
                             _("Small letters a to z, digits and _. It stands in files and cannot be changed later.")),
            .required = true,
            .autocomplete = "off",
            .max_length = KEY_MAX});
    (void)draft_page_add(&view->page, (struct field){.name = STR("label_sv"),
                                                     .label = visit_tr(visit, _("Label, Swedish")),
                                                     .required = true,
                                                     .autocomplete = "off",
                                                     .max_length = LABEL_MAX});
    (void)draft_page_add(
        &view->page, (struct field){.name = STR("kind"), .label = visit_tr(visit, _("Type")), .value = STR("text")});
}

/* Reads the standard fields with their default settings. */
static bool read_standard(struct visit *visit, struct config *bare, struct err *err)
{
    struct buf text;
    buf_init(&text, visit->arena);
    buf_z(&text, "[case_search]\ncolumns = number\n[case_form]\nfields = ");
    for (size_t i = 0; config_standard_field(i); i++)
        buf_printf(&text, "%s%s", i ? ", " : "", config_standard_field(i)->name);
    buf_char(&text, '\n');
    return config_with(visit->arena, visit->config, buf_text(&text), false, bare, NULL, err);
}

/* Lists the fields of the form in their order, then the standard fields that are not in the form. */
static bool form_open(struct visit *visit, struct form_view *view, struct err *err)
{
    struct config bare;
    const struct config *config = &view->page.draft.config;
    *view = (struct form_view){.rows = ARENA_ARRAY(visit->arena, struct form_row, ROWS_MAX)};
    if (!draft_page_open(visit, &view->page, "/staff/configuration/form", visit_tr(visit, _("Fields of a new case")),
                         2 * ROWS_MAX + FRESH_INPUTS, err) ||
        !read_standard(visit, &bare, err))
        return false;
    for (size_t i = 0; i < config->field_count; i++)
        add_row(visit, view, &config->fields[i], (int64_t)(i + 1) * STEP);
    for (size_t i = 0; i < bare.field_count; i++) {
        if (!config_field(config, bare.fields[i].name))
            add_row(visit, view, &bare.fields[i], 0);
    }
    add_fresh(visit, view);
    return true;
}

static bool form_show(struct visit *visit, struct form_view *view)
{
    for (size_t i = 0; i < view->count; i++)
        codes_to_choose(visit, &shown_codes, view->rows[i].shown);
    codes_to_choose(visit, &config_kinds, &view->fresh[FRESH_KIND]);
    return page_show(visit, view->page.title, config_form_html, view);
}

bool config_form_page(struct visit *visit, struct err *err)
{
    struct form_view view;
    return form_open(visit, &view, err) && form_show(visit, &view);
}

/* --- order and state ---------------------------------------------------------------------------------------------- */

/* Refuses an extra field without a position: it is removed on its own page. */
static void take_row(struct visit *visit, struct form_row *row)
{
    row->number = position_take(visit, row->position);
    row->required.value = typed_line(visit, row->required.name).n ? STR("yes") : STR_NONE;
    row->shown->value = typed_line(visit, row->shown->name);
    row->field.required = row->required.value.n > 0;
    shown_set(&row->field, row->shown->value);
    if (!row->position->value.n && row->field.key.n)
        row->position->error = visit_tr(visit, _("A field of your own is taken out on its own page."));
}

/* Returns how many fields the form has, in their new order. */
static size_t take_fields(struct visit *visit, const struct form_view *view, struct config_field *fields)
{
    int64_t numbers[ROWS_MAX];
    size_t sorted[ROWS_MAX];
    for (size_t i = 0; i < view->count; i++) {
        take_row(visit, &view->rows[i]);
        numbers[i] = view->rows[i].number;
    }
    size_t count = positions_sort(numbers, view->count, sorted);
    count = count < CONFIG_FIELDS_MAX ? count : CONFIG_FIELDS_MAX;
    for (size_t i = 0; i < count; i++)
        fields[i] = view->rows[sorted[i]].field;
    return count;
}

/* Shows a fault of a field beside the input for how the field is shown, and any other fault above the form. */
static void show_form_faults(struct visit *visit, struct form_view *view, const struct config_faults *faults)
{
    bool beside = false;
    for (size_t k = 0; k < faults->count; k++) {
        struct str section = faults->items[k].section;
        for (size_t i = 0; i < view->count; i++) {
            const struct form_row *row = &view->rows[i];
            struct str own = row->field.key.n ? row->field.key : row->field.name;
            if (section.n > 6 && str_eq(str_slice(section, 6, section.n), own)) {
                row->shown->error = visit_tr(visit, _("A required field that is hidden, or that cannot be changed, "
                                                      "needs a value: write its default first."));
                beside = true;
            }
        }
    }
    if (faults->count && !beside)
        view->page.refusal = visit_tr(visit, _("The form needs a title or a description."));
}

bool config_form_send(struct visit *visit, struct err *err)
{
    struct form_view view;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    if (!form_open(visit, &view, err))
        return false;
    struct config_field *fields = form_copy(visit, &view.page.draft);
    size_t count = take_fields(visit, &view, fields);
    bool fits = !fields_refused(view.page.fields, view.page.field_count);
    if (fits && !form_settle(visit, &view.page.draft, fields, count, &made, &faults, &misfit)) {
        show_form_faults(visit, &view, &faults);
        fits = false;
    }
    if (draft_refused(visit, &view.page.draft, fits, &view.page.refusal))
        return form_show(visit, &view);
    return keep_and_go(visit, &view.page.draft, &made, view.page.path, err);
}

/* --- a new extra field -------------------------------------------------------------------------------------------- */

static bool config_key_sound(struct str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return key.n > 0 && key.n <= KEY_MAX;
}

static void take_new_field(struct visit *visit, struct form_view *view, struct config_field *field)
{
    struct field *key = &view->fresh[FRESH_KEY], *label = &view->fresh[FRESH_LABEL], *kind = &view->fresh[FRESH_KIND];
    for (size_t i = 0; i < FRESH_INPUTS; i++)
        view->fresh[i].value = typed_line(visit, view->fresh[i].name);
    ptrdiff_t at = code_find(&config_kinds, kind->value);
    *field = (struct config_field){.name = arena_printf(visit->arena, "extra_%.*s", STR_FMT(key->value)),
                                   .key = key->value,
                                   .rule.kind = at < 0 ? FIELD_TEXT : (enum field_kind)at,
                                   .label[LANG_SV] = label->value};
    if (!config_key_sound(key->value))
        key->error = visit_tr(visit, _("Write a key of small letters a to z, digits and _, at most 40."));
    else if (config_field(&view->page.draft.config, field->name))
        key->error = visit_tr(visit, _("The form has a field of this key already."));
    else if (view->page.draft.config.field_count >= CONFIG_FIELDS_MAX)
        key->error = visit_tr(visit, _("A form has at most 60 fields."));
    if (!label->value.n || utf8_count(label->value) > LABEL_MAX)
        label->error = visit_tr(visit, field_setting_fault(label->name, label->value));
    if (at < 0)
        kind->error = visit_tr(visit, field_setting_fault(kind->name, kind->value));
}

/* Gives a new choice field two example choices. The user replaces them on the page of the field, which opens next. */
static void give_choices(struct config_field *field)
{
    static const struct config_choice choices[] = {
        {STR_INIT("1"), {[LANG_SV] = STR_INIT("Val 1"), [LANG_EN] = STR_INIT("Choice 1")}},
        {STR_INIT("2"), {[LANG_SV] = STR_INIT("Val 2"), [LANG_EN] = STR_INIT("Choice 2")}}};
    field->choices = choices;
    field->choice_count = sizeof choices / sizeof *choices;
}

bool config_form_add(struct visit *visit, struct err *err)
{
    struct form_view view;
    struct config made;
    struct config_field field;
    if (!form_open(visit, &view, err))
        return false;
    take_new_field(visit, &view, &field);
    if (draft_refused(visit, &view.page.draft, !fields_refused(view.page.fields, view.page.field_count),
                      &view.page.refusal))
        return form_show(visit, &view);
    if (field.rule.kind == FIELD_CHOICE)
        give_choices(&field);
    struct config_field *fields = form_copy(visit, &view.page.draft);
    size_t count = view.page.draft.config.field_count;
    fields[count] = field;
    struct str page = arena_printf(visit->arena, "/staff/configuration/form/%.*s", STR_FMT(field.name));
    return form_settle(visit, &view.page.draft, fields, count + 1, &made, NULL, err) &&
           keep_and_go(visit, &view.page.draft, &made, page, err);
}
