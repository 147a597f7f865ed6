/* Finds the customer, object and contacts of a case's form: by number, or by words that only one row contains. */
#include "staff/work/case_fields.h"

static bool find_one(struct visit *visit, struct case_form *form, enum case_field at, enum lookup_kind kind,
                     struct lookup_hit *hit, struct err *err)
{
    struct form *fields = &form->form;
    struct str fault = STR_NONE;
    *hit = (struct lookup_hit){.id = 0};
    if (!fields->values[at].n || fields->errors[at].n)
        return true;
    if (!lookup_typed(visit, kind, fields->values[at], hit, &fault, err))
        return false;
    fields->ids[at] = hit->id;
    if (hit->id)
        fields->values[at] = hit->number;
    else
        fields->errors[at] = fault;
    return true;
}

static void add_contact(struct case_form *form, int64_t id)
{
    for (size_t i = 0; i < form->contact_count; i++) {
        if (form->contacts[i] == id)
            return;
    }
    if (form->contact_count < CASE_CONTACTS_MAX)
        form->contacts[form->contact_count++] = id;
}

static void case_links_add_line(struct buf *lines, struct str line)
{
    buf_z(lines, lines->n ? "\n" : "");
    buf_str(lines, line);
}

/* Replaces words by the number of the contact they fit. Words that fit no contact or several stay, and get a fault. */
static bool find_contacts(struct visit *visit, struct case_form *form, struct err *err)
{
    struct str rest = form->form.values[CASE_CONTACTS], line, fault = STR_NONE;
    struct buf lines;
    buf_init(&lines, visit->arena);
    form->contacts = ARENA_ARRAY(visit->arena, int64_t, CASE_CONTACTS_MAX);
    form->contact_count = 0;
    while (str_cut(&rest, '\n', &line)) {
        struct lookup_hit hit;
        struct str typed = str_trim(line), wrong = STR_NONE;
        if (!typed.n)
            continue;
        if (!lookup_typed(visit, LOOKUP_CONTACT, typed, &hit, &wrong, err))
            return false;
        case_links_add_line(&lines, hit.id ? hit.number : typed);
        if (hit.id)
            add_contact(form, hit.id);
        form->inactive_contact = form->inactive_contact || (hit.id && !hit.active);
        if (wrong.n && !fault.n)
            fault = arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(typed), STR_FMT(wrong));
    }
    form->form.values[CASE_CONTACTS] = buf_text(&lines);
    if (fault.n && !form->form.errors[CASE_CONTACTS].n)
        form->form.errors[CASE_CONTACTS] = fault;
    if (form->form.ids[CASE_PRIMARY])
        add_contact(form, form->form.ids[CASE_PRIMARY]);
    return true;
}

bool case_form_links(struct visit *visit, struct case_form *form, struct err *err)
{
    return find_one(visit, form, CASE_CUSTOMER, LOOKUP_CUSTOMER, &form->customer, err) &&
           find_one(visit, form, CASE_OBJECT, LOOKUP_OBJECT, &form->object, err) &&
           find_one(visit, form, CASE_PRIMARY, LOOKUP_CONTACT, &form->primary, err) && find_contacts(visit, form, err);
}

void case_form_take_customer(struct case_form *form, const struct lookup_hit *of)
{
    if (!of->customer_active || form->form.values[CASE_CUSTOMER].n)
        return;
    form_put(&form->form, CASE_CUSTOMER, of->customer_number, of->customer_id);
    form->customer = (struct lookup_hit){
        .id = of->customer_id, .number = of->customer_number, .name = of->customer_name, .active = true};
}

void case_form_propose_customer(struct case_form *form)
{
    form->customer_of = form->object.number;
    case_form_take_customer(form, &form->object);
}

/* --- names of the rows with these numbers ------------------------------------------------------------------------- */

static bool name_one(struct visit *visit, struct field *field, enum lookup_kind kind, struct err *err)
{
    struct lookup_hit hit;
    if (!field->value.n || field->error.n)
        return true;
    if (!lookup_number(visit, kind, field->value, &hit, err))
        return false;
    field->hint = hit.id && !hit.active ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(hit.name),
                                                       STR_FMT(visit_tr(visit, _("(inactive)"))))
                                        : hit.name;
    return true;
}

static bool name_contacts(struct visit *visit, struct field *field, struct err *err)
{
    struct str rest = field->value, line;
    struct buf names;
    buf_init(&names, visit->arena);
    for (int i = 0; i < CASE_CONTACTS_MAX && str_cut(&rest, '\n', &line); i++) {
        struct lookup_hit hit;
        if (!lookup_number(visit, LOOKUP_CONTACT, str_trim(line), &hit, err))
            return false;
        if (hit.id)
            buf_printf(&names, "%s%.*s (%.*s)", names.n ? ", " : "", STR_FMT(hit.name), STR_FMT(hit.number));
    }
    field->hint = buf_text(&names);
    return true;
}

bool case_form_names(struct visit *visit, struct form_page *page, struct err *err)
{
    return name_one(visit, form_page_field(page, CASE_CUSTOMER), LOOKUP_CUSTOMER, err) &&
           name_one(visit, form_page_field(page, CASE_OBJECT), LOOKUP_OBJECT, err) &&
           name_one(visit, form_page_field(page, CASE_PRIMARY), LOOKUP_CONTACT, err) &&
           name_contacts(visit, form_page_field(page, CASE_CONTACTS), err);
}
