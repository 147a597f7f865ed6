#include "customer/cases/new_form.h"

#include "access/visibility.h"
#include "base/clock.h"
#include "model/case_fields.h"

struct new_field *new_form_field(struct new_form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++) {
        if (str_eqz(form->fields[i].config.name, name))
            return &form->fields[i];
    }
    return NULL;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

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
    struct db_rows *rows = db_query(visit->db, visit->arena, "SELECT mobile, phone FROM contact WHERE id = $1",
                                    DB_ARGS(DB_INT(actor->contact_id)), err);
    if (db_next(rows))
        person->phone = db_text_copy(rows, db_text(rows, 0).n ? 0 : 1, visit->arena);
    return db_done(rows, err);
}

/* Users of a shared login must say who reports (domain 3); contacts get their own name as the default. */
static void adapt(const struct actor *actor, struct config_field *config)
{
    if (is_shared(actor) && str_eqz(config->name, "reporter")) {
        config->required = true;
        config->readonly = config->hidden = false;
    }
    if (!config->value.n && !config->hidden && !config->readonly) {
        if (str_eqz(config->name, "reporter"))
            config->value = STR("{name}");
        else if (str_eqz(config->name, "reporter_phone"))
            config->value = STR("{phone}");
    }
}

static const char *input_type(const struct config_field *config)
{
    if (config->rule.kind == FIELD_DATE)
        return "date";
    return config->rule.kind == FIELD_PHONE ? "tel" : "text";
}

static void new_form_open_field(struct visit *visit, const struct config_field *config,
                                const struct rules_person *person, struct new_field *made)
{
    enum lang lang = visit->view.lang;
    *made = (struct new_field){.config = *config};
    adapt(&visit->actor, &made->config);
    const struct config_field *own = &made->config;
    made->offered = !own->hidden && !own->readonly && has_choice(&visit->actor, own->rule.kind);
    made->field = (struct field){
        .name = own->name,
        .label = own->label[lang].n ? own->label[lang] : tr(lang, own->rule.label),
        .hint = own->hint[lang],
        .value = rules_default(visit->arena, own->value, person),
        .required = own->required,
        .readonly = own->readonly,
        .type = input_type(own),
        .inputmode = own->rule.kind == FIELD_DECIMAL ? "decimal" : NULL,
        .rows = str_eqz(own->name, "description") ? 6 : 4,
    };
}

bool new_form_open(struct visit *visit, struct new_form *form, struct err *err)
{
    const struct entity_field *reporter = &case_entity.fields[CASE_REPORTER];
    const struct config *config = visit->config;
    struct rules_person person;
    if (!load_person(visit, &person, err))
        return false;
    *form = (struct new_form){.fields = ARENA_ARRAY(visit->arena, struct new_field, config->field_count + 1)};
    for (size_t i = 0; i < config->field_count; i++)
        new_form_open_field(visit, &config->fields[i], &person, &form->fields[form->count++]);
    struct config_field asked = {.name = str_of(reporter->name), .rule = *reporter};
    if (is_shared(&visit->actor) && !config_field(config, asked.name))
        new_form_open_field(visit, &asked, &person, &form->fields[form->count++]);
    form->object = new_form_field(form, "object");
    form->customer = new_form_field(form, "customer");
    form->attachments = (struct field){.name = STR("attachments"), .label = visit_tr(visit, _("Photos and documents"))};
    return true;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static struct str joined(struct visit *visit, struct str name, const char *ending)
{
    return arena_printf(visit->arena, "%.*s%s", STR_FMT(name), ending);
}

static void new_form_read_field(struct visit *visit, struct new_field *one, const struct http_params *params)
{
    const char *name = joined(visit, one->config.name, "").p;
    one->given = http_has(params, name);
    one->search = str_trim(http_param(params, joined(visit, one->config.name, "_search").p));
    one->searched = http_param(params, joined(visit, one->config.name, "_searched").p);
    if (!one->offered)
        return;
    if (one->given)
        one->field.value = http_param(params, name);
    else if (one->config.rule.kind == FIELD_YES_NO)
        one->field.value = one->config.required ? STR_NONE : STR("no"); /* a box that is not ticked sends nothing */
    else if (one->config.rule.kind == FIELD_CUSTOMER || one->config.rule.kind == FIELD_OBJECT)
        one->field.value = STR_NONE;
}

static bool new_form_is_among(const struct http_params *params, const char *name, struct str wanted)
{
    struct str value;
    size_t at = 0;
    while (http_param_next(params, name, &at, &value)) {
        if (str_eq(value, wanted))
            return true;
    }
    return false;
}

static void read_keys(struct visit *visit, struct new_form *form, const struct http_params *params)
{
    struct str *keys = ARENA_ARRAY(visit->arena, struct str, params->count);
    struct str key;
    size_t at = 0;
    while (http_param_next(params, "upload", &at, &key)) {
        if (key.n && !new_form_is_among(params, "upload_remove", key))
            keys[form->sent_key_count++] = key;
    }
    form->sent_keys = keys;
}

void new_form_read(struct visit *visit, struct new_form *form, const struct http_params *params)
{
    for (size_t i = 0; i < form->count; i++)
        new_form_read_field(visit, &form->fields[i], params);
    form->submission = http_param(params, "submission");
    read_keys(visit, form, params);
}

bool new_form_refused(const struct new_form *form)
{
    bool refused = form->attachments.error.n > 0;
    for (size_t i = 0; i < form->count; i++)
        refused = refused || form->fields[i].field.error.n;
    return refused;
}
