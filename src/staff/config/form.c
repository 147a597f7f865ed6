/* /staff/configuration/form: the fields of a new case in their order. */
#include "staff/config/form.h"

#include "staff/config/config.html.h"
#include "staff/config/pages.h"
#include "staff/config/settings.h"

#define STEP 10
#define POSITION_MAX 9999
#define KEY_MAX 40
#define LABEL_MAX 200

void form_copy(struct visit *visit, const struct config_draft *draft, struct form_copy *copy)
{
    copy->config = draft->config;
    copy->count = draft->config.field_count;
    copy->fields = ARENA_ARRAY(visit->arena, struct config_field, CONFIG_FIELDS_MAX + 1);
    for (size_t i = 0; i < copy->count; i++)
        copy->fields[i] = draft->config.fields[i];
}

static bool column_stays(const struct form_copy *copy, struct str name)
{
    if (!str_starts(name, STR("extra_")))
        return true;
    for (size_t i = 0; i < copy->count; i++) {
        if (str_eq(copy->fields[i].name, name))
            return true;
    }
    return false;
}

static void drop_columns(struct visit *visit, struct form_copy *copy)
{
    struct str *columns = ARENA_ARRAY(visit->arena, struct str, copy->config.column_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < copy->config.column_count; i++) {
        if (column_stays(copy, copy->config.columns[i]))
            columns[count++] = copy->config.columns[i];
    }
    if (!count)
        columns[count++] = STR("number");
    copy->config.columns = columns;
    copy->config.column_count = count;
}

bool form_settle(struct visit *visit, struct form_copy *copy, struct config *made, struct config_faults *faults,
                 struct err *err)
{
    copy->config.fields = copy->fields;
    copy->config.field_count = copy->count;
    drop_columns(visit, copy);
    return config_with(visit->arena, visit->config, config_text(visit->arena, &copy->config), false, made, faults, err);
}

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

void shown_options(struct visit *visit, struct field *field)
{
    static const struct {
        const char *name;
        const struct msgid *label;
    } values[] = {{"shown", _("To fill in")}, {"readonly", _("Shown, not to be changed")}, {"hidden", _("Not shown")}};
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 3);
    for (size_t i = 0; i < 3; i++)
        options[i] = (struct option){str_of(values[i].name), visit_tr(visit, values[i].label),
                                     str_eqz(field->value, values[i].name)};
    field->options = options;
    field->option_count = 3;
}

const struct msgid *field_fault(struct str key, struct str value)
{
    if (str_eqz(key, "label_sv"))
        return value.n ? _("The text is too long.") : _("Fill in this field.");
    if (str_eqz(key, "default"))
        return value.n ? _("The value does not fit the kind of the field.")
                       : _("A required field that is hidden, or that cannot be changed, needs a value.");
    if (str_eqz(key, "choices"))
        return _("Write one choice a line as key: Swedish | English, each key once.");
    return str_eqz(key, "kind") ? _("Choose one of the list.") : _("The text is too long.");
}

void kind_options(struct visit *visit, struct field *field)
{
    const char *const *kinds = config_kinds();
    struct option *options = ARENA_ARRAY(visit->arena, struct option, FIELD_YES_NO + 1);
    for (size_t i = 0; kinds[i]; i++)
        options[field->option_count++] = (struct option){
            str_of(kinds[i]), visit_tr(visit, kind_label((enum field_kind)i)), str_eqz(field->value, kinds[i])};
    field->options = options;
}

bool kind_parse(struct str text, enum field_kind *kind)
{
    const char *const *kinds = config_kinds();
    for (size_t i = 0; kinds[i]; i++) {
        if (str_eqz(text, kinds[i])) {
            *kind = (enum field_kind)i;
            return true;
        }
    }
    return false;
}

bool extra_is_held(struct visit *visit, struct str key, bool *held, struct err *err)
{
    int64_t one = 0;
    return db_query_int(visit->db, "SELECT 1 FROM case_extra WHERE key = $1 LIMIT 1", DB_ARGS(DB_TEXT(key)), held, &one,
                        err);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

struct row {
    struct config_field field;
    bool there; /* the field is in the form */
    struct field position, required, shown;
    int64_t number;
};

struct sending {
    struct config_draft draft;
    struct row *rows;
    size_t count;
    struct field key, label, kind; /* the inputs of a new extra field */
    struct str refusal;
};

static struct str input(struct visit *visit, const char *what, struct str name)
{
    return arena_printf(visit->arena, "%s_%.*s", what, STR_FMT(name));
}

static void config_form_add_row(struct visit *visit, struct sending *sending, const struct config_field *field,
                                bool there)
{
    struct row *row = &sending->rows[sending->count];
    struct str label = name_label(visit, &sending->draft.config, field->name);
    const enum lang lang = visit->view.lang;
    *row = (struct row){.field = *field, .there = there};
    row->position = (struct field){
        .name = input(visit, "position", field->name),
        .label = tr_fill(visit->arena, lang, _("Position of {1}"), &label, 1),
        .value = there ? arena_printf(visit->arena, "%d", (int)(sending->count + 1) * STEP) : STR_NONE,
    };
    row->required = (struct field){.name = input(visit, "required", field->name),
                                   .label = tr_fill(visit->arena, lang, _("{1} must be filled in"), &label, 1),
                                   .value = field->required ? STR("yes") : STR_NONE};
    row->shown = (struct field){.name = input(visit, "shown", field->name),
                                .label = tr_fill(visit->arena, lang, _("How {1} is shown"), &label, 1),
                                .value = shown_of(field)};
    sending->count++;
}

static void open_fresh(struct visit *visit, struct sending *sending)
{
    sending->key = (struct field){
        .name = STR("key"),
        .label = visit_tr(visit, _("Key")),
        .hint =
            visit_tr(visit, _("Small letters a to z, digits and _. It stands in files and cannot be changed later.")),
        .required = true,
        .autocomplete = "off",
        .max_length = KEY_MAX};
    sending->label = (struct field){.name = STR("label_sv"),
                                    .label = visit_tr(visit, _("Label, Swedish")),
                                    .required = true,
                                    .autocomplete = "off",
                                    .max_length = LABEL_MAX};
    sending->kind = (struct field){.name = STR("kind"), .label = visit_tr(visit, _("Kind")), .value = STR("text")};
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
static bool config_form_open_page(struct visit *visit, struct sending *sending, struct err *err)
{
    struct config bare;
    *sending = (struct sending){.rows = ARENA_ARRAY(visit->arena, struct row, CONFIG_FIELDS_MAX + 20)};
    if (!config_draft_load(visit, &sending->draft, err))
        return false;
    for (size_t i = 0; i < sending->draft.config.field_count; i++)
        config_form_add_row(visit, sending, &sending->draft.config.fields[i], true);
    if (!read_standard(visit, &bare, err))
        return false;
    for (size_t i = 0; config_standard_field(i); i++) {
        struct str name = str_of(config_standard_field(i)->name);
        if (!config_field(&sending->draft.config, name))
            config_form_add_row(visit, sending, config_field(&bare, name), false);
    }
    open_fresh(visit, sending);
    return true;
}

static bool config_form_show(struct visit *visit, struct sending *sending)
{
    struct form_row_view *rows = ARENA_ARRAY(visit->arena, struct form_row_view, sending->count);
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, sending->count * 2 + 3);
    struct form_view view = {.mark = config_draft_mark(visit, &sending->draft), .refusal = sending->refusal};
    for (size_t i = 0; i < sending->count; i++) {
        struct row *row = &sending->rows[i];
        shown_options(visit, &row->shown);
        rows[i] = (struct form_row_view){
            .name = row->field.name,
            .label = name_label(visit, &sending->draft.config, row->field.name),
            .kind = visit_tr(visit, kind_label(row->field.rule.kind)),
            .extra = row->field.key.n > 0,
            .position = row->position,
            .required = row->required,
            .shown = row->shown,
        };
        if (row->there)
            rows[i].url = arena_printf(visit->arena, "/staff/configuration/form/%.*s", STR_FMT(row->field.name));
        fields[view.field_count++] = row->position;
        fields[view.field_count++] = row->shown;
    }
    kind_options(visit, &sending->kind);
    view.key = fields[view.field_count++] = sending->key;
    view.label = fields[view.field_count++] = sending->label;
    view.kind = fields[view.field_count++] = sending->kind;
    view.rows = rows;
    view.count = sending->count;
    view.fields = fields;
    page_begin(visit, visit_tr(visit, _("Fields of a new case")));
    config_form_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool config_form_page(struct visit *visit, struct err *err)
{
    struct sending sending;
    return config_form_open_page(visit, &sending, err) && config_form_show(visit, &sending);
}

static bool show_refused(struct visit *visit, struct sending *sending, int status)
{
    visit->response->status = status;
    if (status == 409)
        sending->refusal = moved_text(visit);
    return config_form_show(visit, sending);
}

/* --- order and state ---------------------------------------------------------------------------------------------- */

static struct str config_form_typed(struct visit *visit, const struct field *field)
{
    return one_line(visit->arena, http_param(&visit->request->form, arena_z(visit->arena, field->name)));
}

/*
 * Returns false when the position is not a whole number from 1 to POSITION_MAX, or when an extra field has no position:
 * an extra field is removed on its own page.
 */
static bool take_row(struct visit *visit, struct row *row)
{
    row->position.value = config_form_typed(visit, &row->position);
    row->required.value = config_form_typed(visit, &row->required).n ? STR("yes") : STR_NONE;
    row->shown.value = config_form_typed(visit, &row->shown);
    row->field.required = row->required.value.n > 0;
    shown_set(&row->field, row->shown.value);
    bool number = str_to_int(row->position.value, &row->number) && row->number > 0 && row->number <= POSITION_MAX;
    if (!row->position.value.n && !row->field.key.n) {
        row->number = 0;
        return true;
    }
    if (number)
        return true;
    row->position.error =
        visit_tr(visit, row->position.value.n ? _("Write a whole number from 1 to 9999, or nothing.")
                                              : _("A field of your own is taken out on its own page."));
    return false;
}

static void sort_rows(struct row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct row one = rows[i];
        size_t at = i;
        for (; at > 0 && rows[at - 1].number > one.number; at--)
            rows[at] = rows[at - 1];
        rows[at] = one;
    }
}

static void take_fields(struct visit *visit, const struct sending *sending, struct form_copy *copy)
{
    struct row *sorted = ARENA_ARRAY(visit->arena, struct row, sending->count);
    for (size_t i = 0; i < sending->count; i++)
        sorted[i] = sending->rows[i];
    sort_rows(sorted, sending->count);
    copy->count = 0;
    for (size_t i = 0; i < sending->count && copy->count < CONFIG_FIELDS_MAX; i++) {
        if (sorted[i].number)
            copy->fields[copy->count++] = sorted[i].field;
    }
}

/* Shows a fault of a field beside the input for how the field is shown, and any other fault above the form. */
static void config_form_tell_faults(struct visit *visit, struct sending *sending, const struct config_faults *faults)
{
    bool told = false;
    for (size_t k = 0; k < faults->count; k++) {
        struct str section = faults->items[k].section;
        for (size_t i = 0; i < sending->count; i++) {
            struct row *row = &sending->rows[i];
            struct str own = row->field.key.n ? row->field.key : row->field.name;
            if (section.n > 6 && str_eq(str_slice(section, 6, section.n), own)) {
                row->shown.error = visit_tr(visit, _("A required field that is hidden, or that cannot be changed, "
                                                     "needs a value: write its default first."));
                told = true;
            }
        }
    }
    if (faults->count && !told)
        sending->refusal = visit_tr(visit, _("The form needs a title or a description."));
}

bool config_form_send(struct visit *visit, struct err *err)
{
    struct sending sending;
    struct form_copy copy;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    bool fine = true;
    if (!config_form_open_page(visit, &sending, err))
        return false;
    for (size_t i = 0; i < sending.count; i++)
        fine = take_row(visit, &sending.rows[i]) && fine;
    form_copy(visit, &sending.draft, &copy);
    take_fields(visit, &sending, &copy);
    if (!fine)
        return show_refused(visit, &sending, 400);
    if (!form_settle(visit, &copy, &made, &faults, &misfit)) {
        config_form_tell_faults(visit, &sending, &faults);
        return show_refused(visit, &sending, 400);
    }
    if (config_draft_moved(visit, &sending.draft))
        return show_refused(visit, &sending, 409);
    return keep_and_go(visit, &sending.draft, &made, "/staff/configuration/form", err);
}

/* --- a new extra field -------------------------------------------------------------------------------------------- */

static bool config_form_key_sound(struct str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return key.n > 0 && key.n <= KEY_MAX;
}

static bool check_fresh(struct visit *visit, struct sending *sending, struct str name, enum field_kind *kind)
{
    sending->key.value = config_form_typed(visit, &sending->key);
    sending->label.value = config_form_typed(visit, &sending->label);
    sending->kind.value = config_form_typed(visit, &sending->kind);
    if (!config_form_key_sound(sending->key.value))
        sending->key.error = visit_tr(visit, _("Write a key of small letters a to z, digits and _, at most 40."));
    else if (config_field(&sending->draft.config, name))
        sending->key.error = visit_tr(visit, _("The form has a field of this key already."));
    else if (sending->draft.config.field_count >= CONFIG_FIELDS_MAX)
        sending->key.error = visit_tr(visit, _("A form has at most 60 fields."));
    if (!sending->label.value.n || utf8_count(sending->label.value) > LABEL_MAX)
        sending->label.error = visit_tr(visit, field_fault(STR("label_sv"), sending->label.value));
    if (!kind_parse(sending->kind.value, kind))
        sending->kind.error = visit_tr(visit, _("Choose one of the list."));
    return !sending->key.error.n && !sending->label.error.n && !sending->kind.error.n;
}

/* Gives a new choice field two example choices. The user replaces them on the page of the field, which opens next. */
static void give_choices(struct visit *visit, struct config_field *field)
{
    struct config_choice *choices = ARENA_ARRAY(visit->arena, struct config_choice, 2);
    for (int i = 0; i < 2; i++) {
        choices[i].value = arena_printf(visit->arena, "%d", i + 1);
        choices[i].label[LANG_SV] = arena_printf(visit->arena, "Val %d", i + 1);
        choices[i].label[LANG_EN] = arena_printf(visit->arena, "Choice %d", i + 1);
    }
    field->choices = choices;
    field->choice_count = 2;
}

bool config_form_add(struct visit *visit, struct err *err)
{
    struct sending sending;
    struct form_copy copy;
    struct config made;
    if (!config_form_open_page(visit, &sending, err))
        return false;
    struct str key = one_line(visit->arena, http_param(&visit->request->form, "key"));
    struct config_field field = {.name = arena_printf(visit->arena, "extra_%.*s", STR_FMT(key)), .key = key};
    if (!check_fresh(visit, &sending, field.name, &field.rule.kind))
        return show_refused(visit, &sending, 400);
    if (config_draft_moved(visit, &sending.draft))
        return show_refused(visit, &sending, 409);
    field.label[LANG_SV] = sending.label.value;
    if (field.rule.kind == FIELD_CHOICE)
        give_choices(visit, &field);
    form_copy(visit, &sending.draft, &copy);
    copy.fields[copy.count++] = field;
    struct str page = arena_printf(visit->arena, "/staff/configuration/form/%.*s", STR_FMT(field.name));
    return form_settle(visit, &copy, &made, NULL, err) && keep_and_go(visit, &sending.draft, &made, page.p, err);
}
