#include "staff/work/case_fields.h"

#include "access/scope.h"
#include "base/clock.h"
#include "model/case_write.h"

#include <sodium.h>

static const struct work_field STANDARD[CASE_FIELDS] = {
    [CASE_TITLE] = {"title", _("Title"), WORK_INPUT, NULL, 200, true, NULL, NULL},
    [CASE_DESCRIPTION] = {"description", _("Description"), WORK_AREA, NULL, 20000, false, NULL, NULL},
    [CASE_TYPE] = {"type", _("Case type"), WORK_SELECT, NULL, 0, false, "case_type", NULL},
    [CASE_PRIORITY] = {"priority", _("Priority"), WORK_SELECT, NULL, 0, false, "priority", NULL},
    [CASE_CUSTOMER] = {"customer", _("Customer (number)"), WORK_INPUT, NULL, 100, false, NULL,
                       "/staff/lookup/customers"},
    [CASE_OBJECT] = {"object", _("Object (number)"), WORK_INPUT, NULL, 100, false, NULL, "/staff/lookup/objects"},
    [CASE_PRIMARY] = {"primary_contact", _("Primary contact (number)"), WORK_INPUT, NULL, 100, false, NULL,
                      "/staff/lookup/contacts"},
    [CASE_CONTACTS] = {"contacts", _("Contacts (numbers, one a line)"), WORK_AREA, NULL, 5000, false, NULL,
                       "/staff/lookup/contacts"},
    [CASE_REFERENCE] = {"your_reference", _("Your reference"), WORK_INPUT, NULL, 200, false, NULL, NULL},
    [CASE_REPORTER] = {"reporter", _("Reporter"), WORK_INPUT, NULL, 200, false, NULL, NULL},
    [CASE_PHONE] = {"reporter_phone", _("Reporter's phone"), WORK_INPUT, "tel", 100, false, NULL, NULL},
    [CASE_STREET] = {"site_street", _("Street"), WORK_INPUT, NULL, 200, false, NULL, NULL},
    [CASE_POSTAL_CODE] = {"site_postal_code", _("Postal code"), WORK_INPUT, NULL, 20, false, NULL, NULL},
    [CASE_CITY] = {"site_city", _("City"), WORK_INPUT, NULL, 100, false, NULL, NULL},
};

/* --- the list of fields ------------------------------------------------------------------------------------------------------------------ */

static struct work_field extra_field(struct visit *visit, const struct config_field *field)
{
    struct str label = field->label[visit->view.lang].n ? field->label[visit->view.lang] : field->key;
    bool chosen = field->rule.kind == FIELD_CHOICE || field->rule.kind == FIELD_YES_NO;
    return (struct work_field){.name = arena_z(visit->arena, field->name),
                               .label = arena_z(visit->arena, label),
                               .kind = chosen                                ? WORK_SELECT
                                       : field->rule.kind == FIELD_MULTILINE ? WORK_AREA
                                                                             : WORK_INPUT,
                               .max = (int64_t)field->rule.limit};
}

static void make_fields(struct visit *visit, struct work_form *form)
{
    struct work_field *fields = ARENA_ARRAY(visit->arena, struct work_field, WORK_FIELDS_MAX);
    for (form->count = 0; form->count < CASE_FIELDS; form->count++)
        fields[form->count] = STANDARD[form->count];
    for (size_t i = 0; i < visit->config->field_count && form->count < WORK_FIELDS_MAX; i++) {
        if (visit->config->fields[i].key.n)
            fields[form->count++] = extra_field(visit, &visit->config->fields[i]);
    }
    form->fields = fields;
}

void case_form_choices(struct visit *visit, const struct case_form *form, struct work_form_view *view)
{
    for (size_t i = CASE_FIELDS; i < form->form.count; i++) {
        const struct config_field *field = config_field(visit->config, str_of(form->form.fields[i].name));
        size_t count = field->rule.kind == FIELD_YES_NO ? 2 : field->choice_count;
        struct option *options = ARENA_ARRAY(visit->arena, struct option, count);
        if (form->form.fields[i].kind != WORK_SELECT)
            continue;
        for (size_t k = 0; k < field->choice_count; k++)
            options[k] = (struct option){field->choices[k].value, field->choices[k].label[visit->view.lang], false};
        if (field->rule.kind == FIELD_YES_NO) {
            options[0] = (struct option){STR("yes"), visit_tr(visit, _("Yes")), false};
            options[1] = (struct option){STR("no"), visit_tr(visit, _("No")), false};
        }
        for (size_t k = 0; k < count; k++)
            options[k].selected = str_eq(options[k].value, form->form.values[i]);
        view->fields[i].options = options;
        view->fields[i].option_count = count;
        view->fields[i].empty_label = visit_tr(visit, _("None"));
    }
}

/* --- as the case stands ------------------------------------------------------------------------------------------------------------------ */

static bool load_standard(struct visit *visit, int64_t case_id, struct work_form *form, struct err *err)
{
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT c.title, c.description, ty.key, pr.key, cu.number, o.number, k.number, '', c.your_reference, "
                 "c.reporter,"
                 " c.reporter_phone, c.site_street, c.site_postal_code, c.site_city FROM cases c"
                 " LEFT JOIN picklist_item ty ON ty.id = c.type_id LEFT JOIN picklist_item pr ON pr.id = c.priority_id"
                 " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id"
                 " LEFT JOIN contact k ON k.id = c.primary_contact_id WHERE c.id = $1",
                 DB_ARGS(DB_INT(case_id)), err);
    if (rows && db_next(rows)) {
        for (int i = 0; i < CASE_FIELDS; i++)
            form->values[i] = db_text_copy(rows, i, visit->arena);
    }
    return db_done(rows, err);
}

static bool load_contacts(struct visit *visit, int64_t case_id, struct work_form *form, struct err *err)
{
    struct buf text;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT k.number FROM case_contact x JOIN contact k ON k.id = x.contact_id"
                                    " WHERE x.case_id = $1 ORDER BY k.number COLLATE \"sv-natural\"",
                                    DB_ARGS(DB_INT(case_id)), err);
    buf_init(&text, visit->arena);
    while (rows && db_next(rows)) {
        buf_z(&text, text.n ? "\n" : "");
        buf_str(&text, db_text(rows, 0));
    }
    form->values[CASE_CONTACTS] = buf_text(&text);
    return db_done(rows, err);
}

static bool load_extras(struct visit *visit, int64_t case_id, struct work_form *form, struct err *err)
{
    struct db_rows *rows = db_query(visit->db, visit->arena, "SELECT key, value FROM case_extra WHERE case_id = $1",
                                    DB_ARGS(DB_INT(case_id)), err);
    while (rows && db_next(rows)) {
        for (size_t i = CASE_FIELDS; i < form->count; i++) {
            if (str_eqz(db_text(rows, 0), form->fields[i].name + sizeof "extra_" - 1))
                form->values[i] = db_text_copy(rows, 1, visit->arena);
        }
    }
    return db_done(rows, err);
}

void case_form_blank(struct visit *visit, struct case_form *form)
{
    *form = (struct case_form){.contact_count = 0};
    make_fields(visit, &form->form);
}

bool case_form_load(struct visit *visit, int64_t case_id, struct case_form *form, struct err *err)
{
    case_form_blank(visit, form);
    return load_standard(visit, case_id, &form->form, err) && load_contacts(visit, case_id, &form->form, err) &&
           load_extras(visit, case_id, &form->form, err);
}

/* --- what was sent ------------------------------------------------------------------------------------------------------------------------- */

static void check_extras(struct visit *visit, struct work_form *form)
{
    for (size_t i = CASE_FIELDS; i < form->count; i++) {
        const struct entity_field *rule = &config_field(visit->config, str_of(form->fields[i].name))->rule;
        form->values[i] = field_clean(visit->arena, rule, form->values[i]);
        struct field_fault fault = field_check(visit->arena, rule, false, form->values[i]);
        if (!form->faults[i] && fault.msgid)
            form->faults[i] = arena_z(visit->arena, field_fault_text(visit->arena, visit->view.lang, &fault));
    }
}

/* Browsers end lines with CR LF. */
static struct str plain_lines(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
            buf_char(&out, text.p[i]);
    }
    return buf_text(&out);
}

enum { WAS_HEX = 16 };

static void add_was(struct buf *out, struct str value)
{
    unsigned char digest[WAS_HEX / 2 > crypto_generichash_BYTES_MIN ? WAS_HEX / 2 : crypto_generichash_BYTES_MIN];
    (void)crypto_generichash(digest, sizeof digest, (const unsigned char *)value.p, value.n, NULL, 0);
    buf_hex(out, digest, WAS_HEX / 2);
}

struct str case_form_was(struct arena *arena, const struct case_form *form)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < form->form.count; i++)
        add_was(&out, form->form.values[i]);
    return buf_text(&out);
}

void case_form_merge(struct arena *arena, struct case_form *mine, const struct case_form *fresh, struct str was)
{
    struct str now = case_form_was(arena, mine);
    for (size_t i = 0; i < mine->form.count && was.n == now.n; i++) {
        struct str before = str_slice(was, i * WAS_HEX, (i + 1) * WAS_HEX);
        if (str_eq(before, str_slice(now, i * WAS_HEX, (i + 1) * WAS_HEX)))
            mine->form.values[i] = fresh->form.values[i];
    }
}

bool case_form_read(struct visit *visit, struct case_form *form, struct err *err)
{
    if (!work_form_read(visit, &form->form, err))
        return false;
    form->form.values[CASE_DESCRIPTION] = plain_lines(visit->arena, form->form.values[CASE_DESCRIPTION]);
    form->form.values[CASE_CONTACTS] = plain_lines(visit->arena, form->form.values[CASE_CONTACTS]);
    check_extras(visit, &form->form);
    return case_form_links(visit, form, err);
}

/* --- writing --------------------------------------------------------------------------------------------------------------------------------- */

static bool case_form_write_standard(const struct case_edit *edit, const struct case_form *form, struct err *err)
{
    const struct str *v = form->form.values;
    const int64_t *ids = form->form.ids;
    const struct case_values values = {.title = v[CASE_TITLE],
                                       .description = v[CASE_DESCRIPTION],
                                       .type_id = ids[CASE_TYPE],
                                       .priority_id = ids[CASE_PRIORITY],
                                       .customer_id = ids[CASE_CUSTOMER],
                                       .object_id = ids[CASE_OBJECT],
                                       .primary_contact_id = ids[CASE_PRIMARY],
                                       .your_reference = v[CASE_REFERENCE],
                                       .reporter = v[CASE_REPORTER],
                                       .reporter_phone = v[CASE_PHONE],
                                       .site_street = v[CASE_STREET],
                                       .site_postal_code = v[CASE_POSTAL_CODE],
                                       .site_city = v[CASE_CITY]};
    return case_update(edit->visit->db, edit->case_id, &values, err);
}

static bool case_form_write_extras(const struct case_edit *edit, const struct case_form *before,
                                   const struct case_form *after, struct err *err)
{
    for (size_t i = CASE_FIELDS; i < after->form.count; i++) {
        struct str key = str_of(after->form.fields[i].name + sizeof "extra_" - 1), value = after->form.values[i];
        if (!str_eq(before->form.values[i], value) && !case_extra_set(edit->visit->db, edit->case_id, key, value, err))
            return false;
    }
    return true;
}

bool case_form_write(struct case_edit *edit, const struct case_form *before, const struct case_form *after,
                     struct err *err)
{
    return case_form_write_standard(edit, after, err) &&
           case_contacts_set(edit->visit->db, edit->case_id, after->contacts, after->contact_count, err) &&
           case_form_write_extras(edit, before, after, err) &&
           work_form_note(edit, &before->form, &after->form, STR_NONE, err) &&
           scope_refresh_case(edit->visit->db, edit->visit->arena, edit->case_id, err);
}
