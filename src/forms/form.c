/* Reads and checks forms. */
#include "forms/form.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/decimal.h"
#include "model/case_fields.h"

void form_begin(struct form *form, struct visit *visit, const struct entity *entity)
{
    *form = (struct form){.visit = visit, .was_name = "was", .count = entity->count};
    for (size_t i = 0; i < entity->count; i++) {
        const struct entity_field *rule = &entity->fields[i];
        form->fields[i] = (struct form_field){.rule = rule,
                                              .name = rule->name,
                                              .label_msgid = rule->label,
                                              .shown = !rule->fixed,
                                              .required = rule->required};
    }
}

size_t form_add(struct form *form, const struct entity_field *rule, struct str label)
{
    form->fields[form->count] = (struct form_field){.rule = rule, .name = rule->name, .label = label, .shown = true};
    return form->count++;
}

void form_add_extras(struct form *form)
{
    const struct config *config = form->visit->config;
    enum lang lang = form->visit->view.lang;
    for (size_t i = 0; i < config->field_count && form->count < FORM_FIELDS_MAX; i++) {
        const struct config_field *field = &config->fields[i];
        if (field->key.n)
            form->fields[form_add(form, &field->rule, field->label[lang].n ? field->label[lang] : field->key)].choices =
                field->choices;
    }
}

struct str form_extra_key(const struct form *form, size_t at)
{
    return str_of(form->fields[at].rule->name + sizeof "extra_" - 1);
}

size_t form_extras(const struct form *form, struct new_case_extra *extras)
{
    size_t count = 0;
    for (size_t i = case_entity.count; i < form->count; i++) {
        if (form->values[i].n)
            extras[count++] = (struct new_case_extra){form_extra_key(form, i), form->values[i]};
    }
    return count;
}

/* --- what is stored ----------------------------------------------------------------------------------------------- */

void form_set(struct form *form, size_t at, struct str text, int64_t id)
{
    form->values[at] = form->stored[at] = text;
    form->ids[at] = form->stored_ids[at] = id;
}

/* Formats a time as the browser's field for local times does. */
static struct str forms_form_time_text(struct arena *arena, int64_t instant_us)
{
    struct str text = instant_format_local(arena, instant_us);
    return arena_printf(arena, "%.*sT%.*s", STR_FMT(str_slice(text, 0, 10)), STR_FMT(str_slice(text, 11, 16)));
}

static struct str forms_form_number_text(const struct form *form, size_t at, int64_t number)
{
    struct arena *arena = form->visit->arena;
    enum field_kind kind = form->fields[at].rule->kind;
    if (kind == FIELD_INSTANT)
        return forms_form_time_text(arena, number);
    if (kind == FIELD_INTEGER)
        return arena_printf(arena, "%lld", (long long)number);
    return decimal_format(arena, number);
}

void form_set_number(struct form *form, size_t at, int64_t number, bool is_null)
{
    form_set(form, at, is_null ? STR_NONE : forms_form_number_text(form, at, number), is_null ? 0 : number);
}

void form_put(struct form *form, size_t at, struct str text, int64_t id)
{
    form->values[at] = text;
    form->ids[at] = id;
}

void form_put_number(struct form *form, size_t at, int64_t number)
{
    form_put(form, at, forms_form_number_text(form, at, number), number);
}

void form_set_yes(struct form *form, size_t at, bool yes)
{
    form_set(form, at, yes ? STR("yes") : STR("no"), yes);
}

/* --- what was sent ------------------------------------------------------------------------------------------------ */

void form_refuse(struct form *form, size_t at, const struct msgid *msgid)
{
    if (!form->errors[at].n)
        form->errors[at] = visit_tr(form->visit, msgid);
}

bool form_refused(const struct form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        if (form->errors[i].n)
            return true;
    }
    return false;
}

/* Converts a discount from per cent, as typed, to the stored fraction of at most six decimals. */
static struct str fraction_of(struct arena *arena, struct str typed)
{
    int64_t percent = 0;
    struct str text = str_trim(typed);
    if (str_ends(text, STR("%")))
        text = str_trim(str_slice(text, 0, text.n - 1));
    if (!decimal_parse(text, &percent))
        return text;
    /* too many decimals for a fraction: give 9, which the check refuses because it is above 1 */
    return percent % 100 ? STR("9") : decimal_format(arena, percent / 100);
}

static void read_exact(struct form *form, size_t at)
{
    struct str value = form->values[at];
    const struct entity_field *rule = form->fields[at].rule;
    int64_t *number = &form->ids[at];
    *number = 0;
    if (!value.n || form->errors[at].n)
        return;
    if (rule->kind == FIELD_DECIMAL || rule->kind == FIELD_MONEY || rule->kind == FIELD_DISCOUNT)
        (void)decimal_parse(value, number);
    else if (rule->kind == FIELD_INTEGER)
        (void)str_to_int(value, number);
    else if (rule->kind == FIELD_YES_NO)
        *number = str_eqz(value, "yes");
    else if (rule->kind == FIELD_INSTANT && instant_parse(value, number))
        form->values[at] = forms_form_time_text(form->visit->arena, *number);
}

static bool forms_form_find_item(struct form *form, size_t at, struct err *err)
{
    struct visit *visit = form->visit;
    bool found = false;
    if (!db_query_int(visit->db, "SELECT id FROM picklist_item WHERE list = $1 AND key = $2 AND active = 1",
                      DB_ARGS(DB_TEXT(str_of(form->fields[at].rule->list)), DB_TEXT(form->values[at])), &found,
                      &form->ids[at], err))
        return false;
    if (!found) {
        form->ids[at] = 0;
        form_refuse(form, at, _("Choose one from the list."));
    }
    return true;
}

/* A box sends nothing when it is not ticked. */
static struct str sent_value(const struct form_field *field, const struct http_params *sent, struct arena *arena)
{
    struct str typed = http_param(sent, field->name);
    if (field->rule->kind == FIELD_YES_NO && !typed.n && field->label_msgid)
        return STR("no");
    return field->rule->kind == FIELD_DISCOUNT ? fraction_of(arena, typed) : typed;
}

static bool read_at(struct form *form, size_t at, const struct http_params *sent, struct err *err)
{
    const struct form_field *field = &form->fields[at];
    struct arena *arena = form->visit->arena;
    struct str value = field_clean(arena, field->rule, sent_value(field, sent, arena));
    form->errors[at] = STR_NONE;
    form->values[at] = value;
    if (form->id && str_eq(value, field_clean(arena, field->rule, form->stored[at]))) {
        form->values[at] = form->stored[at];
        form->ids[at] = form->stored_ids[at];
        return true;
    }
    struct field_fault fault = field_check(arena, field->rule, field->required, value);
    form->errors[at] = field_fault_text(arena, form->visit->view.lang, &fault);
    read_exact(form, at);
    if (!value.n || form->errors[at].n)
        return true;
    if (field->rule->kind == FIELD_PICKLIST)
        return forms_form_find_item(form, at, err);
    return !field_is_reference(field->rule->kind) || !form->find || form->find(form, at, err);
}

bool form_read(struct form *form, const struct http_params *sent, struct err *err)
{
    for (size_t i = 0; i < form->count; i++) {
        if (form->fields[i].shown && !form->fields[i].readonly && !read_at(form, i, sent, err))
            return false;
    }
    return true;
}

/* --- what differs ------------------------------------------------------------------------------------------------- */

bool form_differs_at(const struct form *form, size_t at)
{
    return form->fields[at].shown && !str_eq(form->values[at], form->stored[at]);
}

bool form_differs(const struct form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        if (form_differs_at(form, i))
            return true;
    }
    return false;
}

struct str form_changed_names(const struct form *form)
{
    struct buf text;
    buf_init(&text, form->visit->arena);
    for (size_t i = 0; i < form->count; i++) {
        if (form_differs_at(form, i))
            buf_printf(&text, "%s%s", text.n ? ", " : "", form->fields[i].rule->name);
    }
    return buf_text(&text);
}

struct db_value form_value(const struct form *form, size_t at)
{
    struct str value = form->values[at];
    switch (form->fields[at].rule->kind) {
    case FIELD_YES_NO:
        return DB_INT(form->ids[at]);
    case FIELD_DECIMAL:
    case FIELD_MONEY:
    case FIELD_DISCOUNT:
    case FIELD_INTEGER:
    case FIELD_INSTANT:
        return value.n ? DB_INT(form->ids[at]) : DB_NULL;
    case FIELD_DATE:
        return DB_TEXT_OR_NULL(value);
    default:
        return form->fields[at].rule->kind == FIELD_PICKLIST || field_is_reference(form->fields[at].rule->kind)
                   ? DB_ID_OR_NULL(form->ids[at])
                   : DB_TEXT(value);
    }
}

size_t form_columns(const struct form *form, struct record_column *columns)
{
    size_t count = 0;
    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        if (field->shown && !field->readonly && field->rule->column_literal)
            columns[count++] = (struct record_column){field->rule->column_literal, form_value(form, i)};
    }
    return count;
}
