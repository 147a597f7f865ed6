#include "staff/work/case_fields.h"

#include "access/scope.h"
#include "base/buf.h"
#include "model/case_rules.h"
#include "model/case_write.h"

void case_form_blank(struct visit *visit, struct case_form *form)
{
    *form = (struct case_form){.contact_count = 0};
    form_begin(&form->form, visit, &case_entity);
    form->form.fields[CASE_CUSTOMER].label_msgid = _("Customer (number)");
    form->form.fields[CASE_OBJECT].label_msgid = _("Object (number)");
    form->form.fields[CASE_PRIMARY].label_msgid = _("Primary contact (number)");
    form->form.fields[CASE_CONTACTS].label_msgid = _("Contacts (numbers, one a line)");
    for (size_t i = 0; i < form->form.count; i++)
        form_lookup_path(&form->form, i);
    form_add_extras(&form->form);
}

/* --- the stored case ---------------------------------------------------------------------------------------------- */

static bool case_form_load_contacts(struct visit *visit, int64_t case_id, struct form *form, struct err *err)
{
    struct str text;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT k.number FROM case_contact x JOIN contact k ON k.id = x.contact_id"
                                    " WHERE x.case_id = $1 ORDER BY k.number COLLATE \"sv-natural\"",
                                    DB_ARGS(DB_INT(case_id)), err);
    if (!db_read_joined(rows, "\n", &text, err))
        return false;
    form_set(form, CASE_CONTACTS, text, 0);
    return true;
}

static bool case_form_load_extras(struct visit *visit, int64_t case_id, struct form *form, struct err *err)
{
    struct db_rows *rows = db_query(visit->db, visit->arena, "SELECT key, value FROM case_extra WHERE case_id = $1",
                                    DB_ARGS(DB_INT(case_id)), err);
    for (struct str key, value; db_read_next(rows, TO_LENT(&key), TO(&value));) {
        for (size_t i = CASE_EXTRAS; i < form->count; i++) {
            if (str_eq(key, form_extra_key(form, i)))
                form_set(form, i, value, 0);
        }
    }
    return db_done(rows, err);
}

bool case_form_load(struct visit *visit, int64_t case_id, struct case_form *form, struct err *err)
{
    case_form_blank(visit, form);
    if (!form_load(&form->form, &case_entity, case_id, err) ||
        !case_form_load_contacts(visit, case_id, &form->form, err) ||
        !case_form_load_extras(visit, case_id, &form->form, err))
        return false;
    form->customer_of = form->form.stored[CASE_OBJECT];
    return true;
}

/* --- reading and writing ------------------------------------------------------------------------------------------ */

bool case_form_read(struct visit *visit, struct case_form *form, struct err *err)
{
    const struct http_params *sent = &visit->request->form;
    if (!form_read(&form->form, sent, err) || !case_form_links(visit, form, err))
        return false;
    const struct rules_customer said = {
        http_has(sent, "customer"), form->form.values[CASE_CUSTOMER], form->object.number,
        http_has(sent, "customer_of") ? http_param(sent, "customer_of") : form->customer_of};
    if (rules_object_gives_customer(&said))
        case_form_propose_customer(form);
    form->customer_of = form->object.number;
    return true;
}

static bool case_form_write_extras(const struct case_edit *edit, const struct form *form, struct err *err)
{
    for (size_t i = CASE_EXTRAS; i < form->count; i++) {
        if (form_differs_at(form, i) &&
            !case_extra_set(edit->visit->db, edit->case_id, form_extra_key(form, i), form->values[i], err))
            return false;
    }
    return true;
}

bool case_form_write(struct case_edit *edit, struct case_form *form, struct err *err)
{
    struct visit *visit = edit->visit;
    struct record_column columns[FORM_FIELDS_MAX];
    size_t count = form_columns(&form->form, columns);
    return case_update(visit->db, visit->arena, edit->case_id, columns, count, err) &&
           case_contacts_set(visit->db, edit->case_id, form->contacts, form->contact_count, err) &&
           case_form_write_extras(edit, &form->form, err) && work_form_note(edit, &form->form, STR_NONE, err) &&
           scope_refresh_case(visit->db, visit->arena, edit->case_id, err);
}
