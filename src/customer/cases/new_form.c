#include "customer/cases/new_form.h"

#include "access/visibility.h"
#include "base/clock.h"
#include "model/case_fields.h"
#include "model/case_rules.h"

/* --- the fields --------------------------------------------------------------------------------------------------- */

static bool is_shared(const struct actor *actor)
{
    return actor->kind == ACTOR_CUSTOMER || actor->kind == ACTOR_OBJECT;
}

static bool has_choice(const struct actor *actor, enum field_kind kind)
{
    if (kind == FIELD_CUSTOMER)
        return may_choose_customer(actor);
    return kind != FIELD_OBJECT || may_choose_object(actor);
}

static bool load_person(struct visit *visit, struct rules_person *person, struct err *err)
{
    const struct actor *actor = &visit->actor;
    *person = (struct rules_person){.email = actor->email, .today = clock_date(visit->now_us)};
    if (!actor->contact_id)
        return true;
    person->name = actor->name;
    return db_find(visit->db, visit->arena,
                   "SELECT CASE WHEN mobile <> '' THEN mobile ELSE phone END FROM contact WHERE id = $1",
                   DB_ARGS(DB_INT(actor->contact_id)), DB_TARGETS(TO(&person->phone)), NULL, err);
}

/* Users of a shared login must say who reports (domain 3); contacts get their own name as the default. */
static void adapt(const struct actor *actor, struct config_field *config)
{
    bool reporter = str_eqz(config->name, case_entity.fields[CASE_REPORTER].name);
    if (is_shared(actor) && reporter) {
        config->required = true;
        config->readonly = config->hidden = false;
    }
    if (config->value.n || config->hidden || config->readonly)
        return;
    if (reporter)
        config->value = STR("{name}");
    else if (str_eqz(config->name, case_entity.fields[CASE_PHONE].name))
        config->value = STR("{phone}");
}

static void new_form_add_field(struct new_form *form, const struct config_field *config)
{
    const struct visit *visit = form->form.visit;
    struct new_field *made = &form->fields[form->count++];
    struct config_field *own = &made->config;
    made->config = *config;
    adapt(&visit->actor, own);
    made->offered = !own->hidden && !own->readonly && has_choice(&visit->actor, own->rule.kind);
    for (made->at = 0; !str_eqz(own->name, form->form.fields[made->at].rule->name);)
        made->at++;
    struct form_field *field = &form->form.fields[made->at];
    if (own->label[visit->view.lang].n || own->key.n)
        field->label = own->label[visit->view.lang];
    else
        field->label = visit_tr(visit, own->rule.label);
    field->label_msgid = NULL;
    field->required = own->required && !field_is_reference(own->rule.kind); /* new_form_link knows the choices */
    if (own->rule.kind == FIELD_OBJECT)
        form->object = made;
    if (own->rule.kind == FIELD_CUSTOMER)
        form->customer = made;
}

/* --- what was sent ------------------------------------------------------------------------------------------------ */

static const char *new_form_name(struct visit *visit, const struct new_field *one, const char *ending)
{
    return arena_printf(visit->arena, "%.*s%s", STR_FMT(one->config.name), ending).p;
}

/* Returns the value to read: the sent one, or the default of a field that was not sent or cannot be filled in. */
static struct str new_form_value(struct visit *visit, struct new_field *one, const struct http_params *params,
                                 const struct rules_person *person)
{
    const char *name = new_form_name(visit, one, "");
    struct str standard = rules_default(visit->arena, one->config.value, person);
    if (!params)
        return standard;
    one->given = http_has(params, name);
    one->search = str_trim(http_param(params, new_form_name(visit, one, "_search")));
    one->searched = http_param(params, new_form_name(visit, one, "_searched"));
    if (!one->offered)
        return standard;
    if (one->given)
        return http_param(params, name);
    if (one->config.rule.kind == FIELD_YES_NO) /* a box that is not ticked sends nothing */
        return one->config.required ? STR_NONE : STR("no");
    return field_is_reference(one->config.rule.kind) ? STR_NONE : standard;
}

/* A fault of a value that the user cannot fill in is not theirs. */
static bool new_form_read(struct new_form *form, const struct http_params *params, const struct rules_person *person,
                          struct err *err)
{
    struct visit *visit = form->form.visit;
    struct http_params values = {.items = ARENA_ARRAY(visit->arena, struct http_param, form->count)};
    for (size_t i = 0; i < form->count; i++) {
        struct new_field *one = &form->fields[i];
        values.items[values.count++] =
            (struct http_param){one->config.name, new_form_value(visit, one, params, person)};
    }
    if (!form_read(&form->form, &values, err))
        return false;
    for (size_t i = 0; i < form->count; i++) {
        const struct new_field *one = &form->fields[i];
        if (!one->offered)
            form->form.errors[one->at] = STR_NONE;
        if (one->config.rule.kind == FIELD_PICKLIST && !form->form.ids[one->at])
            form->form.values[one->at] = STR_NONE;
    }
    return true;
}

bool new_form_open(struct visit *visit, struct new_form *form, const struct http_params *params, struct err *err)
{
    const struct config *config = visit->config;
    const struct entity_field *reporter = &case_entity.fields[CASE_REPORTER];
    const struct config_field asked = {.name = str_of(reporter->name), .rule = *reporter};
    struct rules_person person;
    if (!load_person(visit, &person, err))
        return false;
    *form = (struct new_form){.fields = ARENA_ARRAY(visit->arena, struct new_field, config->field_count + 1)};
    form_begin(&form->form, visit, &case_entity);
    form_add_extras(&form->form);
    for (size_t i = 0; i < form->form.count; i++)
        form->form.fields[i].required = false;
    for (size_t i = 0; i < config->field_count; i++)
        new_form_add_field(form, &config->fields[i]);
    if (is_shared(&visit->actor) && !config_field(config, asked.name))
        new_form_add_field(form, &asked);
    if (params)
        new_form_read_keys(visit, form, params);
    return new_form_read(form, params, &person, err);
}

void new_form_forgive(struct new_form *form)
{
    for (size_t i = 0; i < form->form.count; i++)
        form->form.errors[i] = STR_NONE;
}

bool new_form_put_object(struct visit *visit, struct new_form *form, struct str number, struct err *err)
{
    struct choice choice;
    bool found = false;
    if (!number.n || !form->object || !form->object->offered)
        return true;
    if (!choice_find(visit, CHOICE_OBJECT, number, &choice, &found, err))
        return false;
    if (found) {
        form_put(&form->form, form->object->at, choice.number, choice.id);
        form->place = choice;
    }
    return true;
}

static bool new_form_is_removed(const struct http_params *params, struct str wanted)
{
    struct str value;
    size_t at = 0;
    while (http_param_next(params, "upload_remove", &at, &value)) {
        if (str_eq(value, wanted))
            return true;
    }
    return false;
}

void new_form_read_keys(struct visit *visit, struct new_form *form, const struct http_params *params)
{
    struct str key;
    size_t at = 0;
    form->sent_keys = ARENA_ARRAY(visit->arena, struct str, params->count);
    form->submission = http_param(params, "submission");
    while (http_param_next(params, "upload", &at, &key)) {
        if (key.n && !new_form_is_removed(params, key))
            form->sent_keys[form->sent_key_count++] = key;
    }
}

/* --- customer and object ------------------------------------------------------------------------------------------ */

enum choice_kind new_choice_kind(const struct new_field *one)
{
    return one->config.rule.kind == FIELD_OBJECT ? CHOICE_OBJECT : CHOICE_CUSTOMER;
}

/*
 * A mandatory choice without anything to choose from is not mandatory: nothing keeps a contact from reporting (domain
 * 4). A single one is taken.
 */
static bool check_missing(struct visit *visit, struct new_form *form, const struct new_field *one,
                          struct choice *choice, struct err *err)
{
    struct choice *items;
    size_t count = 0;
    bool more = false;
    if (!one->config.required)
        return true;
    if (!choice_list(visit, new_choice_kind(one), 1, &items, &count, &more, err))
        return false;
    if (more) {
        form_refuse(&form->form, one->at, _("Choose one."));
    } else if (count) {
        *choice = items[0];
        form_put(&form->form, one->at, choice->number, choice->id);
    }
    return true;
}

/*
 * Returns whether the user chose nothing, but typed a text that no hits were shown for. Such a text is never silently
 * dropped.
 */
static bool is_unanswered(const struct new_form *form, const struct new_field *one)
{
    return !form->form.values[one->at].n && one->search.n && !str_eq(one->search, one->searched);
}

static bool find_choice(struct visit *visit, struct new_form *form, const struct new_field *one, struct choice *choice,
                        struct err *err)
{
    bool typed = is_unanswered(form, one), found = false;
    struct str number = typed ? one->search : form->form.values[one->at];
    if (form->form.errors[one->at].n)
        return true;
    if (!number.n)
        return check_missing(visit, form, one, choice, err);
    if (!choice_find(visit, new_choice_kind(one), number, choice, &found, err))
        return false;
    if (found)
        form_put(&form->form, one->at, choice->number, choice->id);
    else
        form_refuse(&form->form, one->at,
                    typed ? _("Choose one of the hits, or empty the search box.") : _("Choose one from the list."));
    return true;
}

/* The only customer that the login can choose is not asked for: it is that of a case whose object has none. */
static bool link_single(struct visit *visit, struct new_form *form, struct str number, bool *linked, struct err *err)
{
    struct choice customer;
    *linked = false;
    if (number.n && !choice_find(visit, CHOICE_CUSTOMER, number, &customer, linked, err))
        return false;
    if (*linked)
        form_put(&form->form, form->customer->at, customer.number, customer.id);
    return true;
}

/* A customer field that was not sent at all follows from the object; one that was left empty means no customer. */
static bool link_customer(struct visit *visit, struct new_form *form, const struct choice *object, struct err *err)
{
    const struct new_field *one = form->customer;
    struct choice customer = {.id = 0};
    bool asked = one && one->offered && (one->given || is_unanswered(form, one)), linked = false;
    if (!asked && object->customer_id && may_choose_customer(&visit->actor)) {
        form->form.ids[CASE_CUSTOMER] = object->customer_id;
        return true;
    }
    if (!one || !one->offered)
        return true;
    if (!asked && !object->owner_id &&
        !link_single(visit, form, http_param(&visit->request->form, "customer_single"), &linked, err))
        return false;
    if (linked)
        return true;
    if (!find_choice(visit, form, one, &customer, err))
        return false;
    if (customer.id && object->owner_id && object->owner_id != customer.id)
        form->form.errors[one->at] =
            tr_fill(visit->arena, visit->view.lang,
                    _("{1} belongs to another customer. Choose that customer, or none."), &object->name, 1);
    return true;
}

bool new_form_link(struct visit *visit, struct new_form *form, struct err *err)
{
    const struct actor *actor = &visit->actor;
    if ((form->object && form->object->offered && !find_choice(visit, form, form->object, &form->place, err)) ||
        !link_customer(visit, form, &form->place, err))
        return false;
    if (is_shared(actor))
        form->form.ids[CASE_CUSTOMER] = actor->customer_id;
    if (actor->kind == ACTOR_OBJECT)
        form->form.ids[CASE_OBJECT] = actor->object_id;
    form->form.ids[CASE_PRIMARY] = actor->contact_id;
    return true;
}
