#include "customer/cases/new_page.h"

#include "base/random.h"
#include "customer/cases/new.html.h"
#include "customer/cases/new_views.h"
#include "model/choice_search.h"
#include "portal/receive_file.h"

static bool is_link(const struct new_field *one)
{
    return one->config.rule.kind == FIELD_OBJECT || one->config.rule.kind == FIELD_CUSTOMER;
}

/* Leaves out hidden fields, choices that this login does not have, and lists without items. */
static bool is_shown(const struct new_field *one)
{
    if (one->config.hidden)
        return false;
    return one->offered || (!is_link(one) && one->config.readonly);
}

static enum control new_page_control_of(const struct new_field *one)
{
    switch (one->config.rule.kind) {
    case FIELD_MULTILINE:
        return CONTROL_TEXTAREA;
    case FIELD_YES_NO:
        return one->config.required || one->config.readonly ? CONTROL_SELECT : CONTROL_CHECKBOX;
    case FIELD_CUSTOMER:
    case FIELD_OBJECT:
        return one->picker ? CONTROL_PICKER : CONTROL_LINK;
    case FIELD_CHOICE:
    case FIELD_PICKLIST:
        return CONTROL_SELECT;
    default:
        return CONTROL_TEXT;
    }
}

static void fill_picker(struct visit *visit, const struct new_field *one, struct new_control *control)
{
    bool object = one->config.rule.kind == FIELD_OBJECT;
    control->source = object ? STR("/cases/new/objects") : STR("/cases/new/customers");
    control->searched = one->searched;
    if (!control->field.hint.n)
        control->field.hint = visit_tr(visit, _("Search by number, name or address"));
    if (one->total > CHOICE_HITS)
        control->note =
            tr_fill(visit->arena, visit->view.lang, _("The first {1} of {2} hits. Write more to find fewer."),
                    (struct str[]){fmt_int(visit->arena, visit->view.lang, CHOICE_HITS),
                                   fmt_int(visit->arena, visit->view.lang, (int64_t)one->total)},
                    2);
}

static struct new_control control_for(struct visit *visit, const struct new_form *form, const struct new_field *one)
{
    struct new_control control = {.kind = new_page_control_of(one), .field = one->field};
    if (control.kind == CONTROL_PICKER)
        fill_picker(visit, one, &control);
    if (control.kind == CONTROL_LINK && one == form->object && form->customer && form->customer->offered)
        control.choices = one->choices;
    if (control.kind == CONTROL_LINK && one == form->customer && !one->given)
        control.untouched =
            visit_tr(visit, form->object && form->object->offered ? _("The customer of the object") : _("Choose…"));
    return control;
}

/*
 * Makes the fault of a value sent for a field that is not in the form, such as an object when the user has no choice
 * of it.
 */
static struct field new_page_fault_without_field(struct visit *visit, const struct new_field *one)
{
    return (struct field){
        .error = arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(one->field.label), STR_FMT(one->field.error))};
}

/* Puts the parts of the work site's address under one heading if they follow each other. */
static void fill_groups(struct visit *visit, const struct new_form *form, struct new_view *view, struct field *faults)
{
    struct new_control *controls = ARENA_ARRAY(visit->arena, struct new_control, form->count);
    struct new_group *groups = ARENA_ARRAY(visit->arena, struct new_group, form->count);
    bool site_before = false;
    size_t count = 0;
    for (size_t i = 0; i < form->count; i++) {
        const struct new_field *one = &form->fields[i];
        bool site = str_starts(one->config.name, STR("site_"));
        if (!is_shown(one)) {
            if (one->field.error.n)
                faults[view->fault_count++] = new_page_fault_without_field(visit, one);
            continue;
        }
        if (!count || site != site_before)
            groups[view->group_count++] = (struct new_group){
                .legend = site ? visit_tr(visit, _("Work site address")) : STR_NONE, .controls = &controls[count]};
        site_before = site;
        groups[view->group_count - 1].count++;
        controls[count++] = control_for(visit, form, one);
        faults[view->fault_count++] = one->field;
    }
    view->groups = groups;
    faults[view->fault_count++] = form->attachments;
}

static void new_page_fill_files(struct visit *visit, const struct new_form *form, struct new_view *view)
{
    struct new_file_view *files = ARENA_ARRAY(visit->arena, struct new_file_view, form->file_count);
    for (size_t i = 0; i < form->file_count; i++)
        files[i] = (struct new_file_view){form->files[i].key, form->files[i].name,
                                          fmt_size(visit->arena, visit->view.lang, form->files[i].size)};
    view->files = files;
    view->file_count = form->file_count;
    view->attachments = form->attachments;
    view->attachments.accept = store_accept;
    view->attachments.hint = receive_hint(visit);
    view->attachment_bytes = visit->config->attachment_bytes;
}

/*
 * Logins of customers cannot choose a customer, and logins of objects can choose nothing: the page says what the case
 * is linked to.
 */
static bool new_page_fill_facts(struct visit *visit, struct new_view *view, struct err *err)
{
    struct new_fact *facts = ARENA_ARRAY(visit->arena, struct new_fact, 2);
    const struct actor *actor = &visit->actor;
    view->facts = facts;
    if (actor->kind == ACTOR_CUSTOMER)
        facts[view->fact_count++] = (struct new_fact){visit_tr(visit, _("Customer")), actor->name};
    if (actor->kind != ACTOR_OBJECT)
        return true;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT o.name, o.number, cu.name FROM object o"
                                    " LEFT JOIN customer cu ON cu.id = o.customer_id WHERE o.id = $1",
                                    DB_ARGS(DB_INT(actor->object_id)), err);
    if (db_next(rows)) {
        facts[view->fact_count++] = (struct new_fact){
            visit_tr(visit, _("Object")),
            arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(db_text(rows, 0)), STR_FMT(db_text(rows, 1)))};
        if (!db_null(rows, 2))
            facts[view->fact_count++] =
                (struct new_fact){visit_tr(visit, _("Customer")), db_text_copy(rows, 2, visit->arena)};
    }
    return db_done(rows, err);
}

bool new_page_show(struct visit *visit, struct new_form *form, int64_t draft_updated, struct err *err)
{
    struct new_view view = {.submission = form->submission.n ? form->submission : random_token(visit->arena, 16)};
    if (!new_form_choices(visit, form, err) || !new_page_fill_facts(visit, &view, err))
        return false;
    struct field *faults = ARENA_ARRAY(visit->arena, struct field, form->count + 1);
    fill_groups(visit, form, &view, faults);
    view.faults = faults;
    new_page_fill_files(visit, form, &view);
    if (visit->actor.kind == ACTOR_CONTACT && !visit->actor.contact_id)
        view.intro =
            visit_tr(visit, _("Your account is not linked to a contact with us yet. You can report a case, but not "
                              "follow it here: save the number that you get."));
    if (draft_updated) {
        struct str when = fmt_instant(visit->arena, visit->view.lang, draft_updated);
        view.draft_note =
            tr_fill(visit->arena, visit->view.lang,
                    _("This is the draft that was saved {1}. Check it and send it when it is ready."), &when, 1);
    }
    page_begin(visit, visit_tr(visit, _("New case")));
    new_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
