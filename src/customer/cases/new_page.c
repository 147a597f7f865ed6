#include "customer/cases/new_page.h"

#include "base/random.h"
#include "customer/cases/new.html.h"
#include "portal/receive_file.h"

/* A list of up to this many choices is a select; a longer one gets a search box. */
#define NEW_LIST_CAP 30

struct showing_new {
    struct visit *visit;
    struct new_form *form;
    struct form_page page;
    struct new_view view;
};

static bool is_link(const struct new_field *one)
{
    return field_is_reference(one->config.rule.kind);
}

/* --- customers and objects ---------------------------------------------------------------------------------------- */

static void fill_list(struct visit *visit, struct new_control *control, const struct choice *items, size_t count)
{
    struct field *field = control->input.field;
    struct option *options = ARENA_ARRAY(visit->arena, struct option, count);
    for (size_t i = 0; i < count; i++)
        options[i] = choice_option(visit->arena, &items[i], false, str_eq(items[i].number, field->value));
    field->options = options;
    field->option_count = count;
    control->kind = CONTROL_LINK;
    control->choices = items;
}

/* The chosen option is the first one, no matter what the search is. */
static bool fill_picker(struct visit *visit, const struct new_field *one, struct new_control *control, struct err *err)
{
    struct field *field = control->input.field;
    enum choice_kind kind = new_choice_kind(one);
    struct option *options = ARENA_ARRAY(visit->arena, struct option, CHOICE_HITS + 1);
    struct choices hits = {.count = 0};
    struct choice chosen;
    bool found = false, asked = str_eq(http_param(&visit->request->form, "search"), one->config.name);
    if (field->value.n && !choice_find(visit, kind, field->value, &chosen, &found, err))
        return false;
    if (found)
        options[field->option_count++] = choice_option(visit->arena, &chosen, true, true);
    if ((asked || (one->search.n && !found)) && !choice_search(visit, kind, one->search, &hits, err))
        return false;
    for (size_t i = 0; i < hits.count; i++) {
        if (!found || !str_eq(hits.items[i].number, chosen.number))
            options[field->option_count++] = choice_option(visit->arena, &hits.items[i], true, false);
    }
    field->value = found ? chosen.number : STR_NONE;
    field->options = options;
    field->search = one->search;
    field->autofocus = asked; /* without script the page opens at its top: the focus leads back to the hits */
    if (asked && !hits.total)
        field->error = visit_tr(visit, _("No hits"));
    if (!field->hint.n)
        field->hint = visit_tr(visit, _("Search by number, name or address"));
    control->kind = CONTROL_PICKER;
    control->source = kind == CHOICE_OBJECT ? STR("/cases/new/objects") : STR("/cases/new/customers");
    control->searched = asked || hits.total ? one->search : STR_NONE;
    if (hits.total > CHOICE_HITS)
        control->note =
            tr_fill(visit->arena, visit->view.lang, _("The first {1} of {2} hits. Write more to find fewer."),
                    (struct str[]){fmt_int(visit->arena, visit->view.lang, CHOICE_HITS),
                                   fmt_int(visit->arena, visit->view.lang, (int64_t)hits.total)},
                    2);
    return true;
}

/* *shown: there is something to choose from. */
static bool fill_link(struct visit *visit, const struct new_form *form, const struct new_field *one,
                      struct new_control *control, bool *shown, struct err *err)
{
    struct choice *items;
    size_t count = 0;
    bool many = false, object = one == form->object;
    struct field *field = control->input.field;
    *shown = false;
    if (!one->offered)
        return true;
    field->required = one->config.required;
    field->empty_label = visit_tr(visit, field->required ? _("Choose…") : object ? _("No object") : _("No customer"));
    if (!choice_list(visit, new_choice_kind(one), NEW_LIST_CAP, &items, &count, &many, err))
        return false;
    *shown = many || count;
    if (many)
        return fill_picker(visit, one, control, err);
    fill_list(visit, control, items, count);
    if (!object || !form->customer || !form->customer->offered)
        control->choices = NULL;
    if (!object && !one->given)
        control->untouched =
            visit_tr(visit, form->object && form->object->offered ? _("The customer of the object") : _("Choose…"));
    return true;
}

/* --- the fields --------------------------------------------------------------------------------------------------- */

/* Leaves out hidden fields, choices that this login does not have, and lists without items. */
static bool fill_control(struct showing_new *showing, const struct new_field *one, struct new_control *control,
                         bool *shown, struct err *err)
{
    struct field *field = form_page_field(&showing->page, one->at);
    control->input = showing->page.inputs[field - showing->page.fields];
    field->hint = one->config.hint[showing->visit->view.lang];
    field->readonly = one->config.readonly;
    field->autocomplete = str_eqz(one->config.name, "reporter")         ? "name"
                          : str_eqz(one->config.name, "reporter_phone") ? "tel"
                                                                        : NULL;
    field->max_length = 0; /* a browser would cut what is pasted */
    *shown = !one->config.hidden;
    if (!*shown)
        return true;
    if (is_link(one))
        return fill_link(showing->visit, showing->form, one, control, shown, err);
    if (control->input.control == FORM_SELECT) {
        field->empty_label = visit_tr(showing->visit, _("Choose…"));
        *shown = field->option_count || one->config.readonly;
    }
    if (one->config.rule.kind == FIELD_YES_NO && !field->required && !field->readonly)
        control->input.control = FORM_CHECK;
    return true;
}

/* Puts the parts of the work site's address under one heading if they follow each other. */
static void add_control(struct showing_new *showing, const struct new_field *one, const struct new_control *control)
{
    struct new_view *view = &showing->view;
    bool site = str_starts(one->config.name, STR("site_"));
    struct new_group *last = view->group_count ? &view->groups[view->group_count - 1] : NULL;
    if (!last || site != (last->legend.n > 0)) {
        last = &view->groups[view->group_count++];
        last->legend = site ? visit_tr(showing->visit, _("Work site address")) : STR_NONE;
        last->controls = control;
    }
    last->count++;
}

static bool fill_controls(struct showing_new *showing, struct err *err)
{
    const struct new_form *form = showing->form;
    struct arena *arena = showing->visit->arena;
    struct new_view *view = &showing->view;
    struct new_control *controls = ARENA_ARRAY(arena, struct new_control, form->count);
    size_t count = 0;
    view->groups = ARENA_ARRAY(arena, struct new_group, form->count);
    view->faults = ARENA_ARRAY(arena, struct field, form->count + 1);
    for (size_t i = 0; i < form->count; i++) {
        const struct new_field *one = &form->fields[i];
        bool shown = false;
        if (!fill_control(showing, one, &controls[count], &shown, err))
            return false;
        struct field *field = controls[count].input.field;
        if (shown) {
            add_control(showing, one, &controls[count++]);
            view->faults[view->fault_count++] = *field;
        } else if (field->error.n) { /* the fault of a value that was sent for a field that is not there */
            view->faults[view->fault_count++] = (struct field){
                .error = arena_printf(arena, "%.*s: %.*s", STR_FMT(field->label), STR_FMT(field->error))};
        }
    }
    return true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void fill_files(struct showing_new *showing)
{
    struct visit *visit = showing->visit;
    struct new_view *view = &showing->view;
    view->files = showing->form->files;
    view->file_count = showing->form->file_count;
    view->rules = &visit->config->attachments;
    view->attachments = receive_field(visit, STR("attachments"), _("Photos and documents"), showing->form->file_fault);
    view->faults[view->fault_count++] = view->attachments;
}

/*
 * Logins of customers cannot choose a customer, and logins of objects can choose nothing: the page says what the case
 * is linked to.
 */
static bool fill_linked(struct visit *visit, struct new_view *view, struct err *err)
{
    const struct actor *actor = &visit->actor;
    if (actor->kind == ACTOR_CUSTOMER)
        view->customer = actor->name;
    return actor->kind != ACTOR_OBJECT ||
           db_find(visit->db, visit->arena,
                   "SELECT o.name || ' (' || o.number || ')', cu.name FROM object o"
                   " LEFT JOIN customer cu ON cu.id = o.customer_id WHERE o.id = $1",
                   DB_ARGS(DB_INT(actor->object_id)), DB_TARGETS(TO(&view->object), TO(&view->customer)), NULL, err);
}

bool new_page_show(struct visit *visit, struct new_form *form, int64_t draft_updated, struct err *err)
{
    struct showing_new showing = {.visit = visit, .form = form};
    struct new_view *view = &showing.view;
    if (!form_fill(&form->form, &showing.page, err) || !fill_controls(&showing, err) || !fill_linked(visit, view, err))
        return false;
    fill_files(&showing);
    phones_fill(visit, &view->phones);
    view->wait = form->wait;
    view->submission = form->submission.n ? form->submission : random_token(visit->arena, 16);
    if (visit->actor.kind == ACTOR_CONTACT && !visit->actor.contact_id)
        view->intro =
            visit_tr(visit, _("Your account is not linked to a contact with us yet. You can report a case, but not "
                              "follow it here: save the number that you get."));
    if (draft_updated) {
        struct str when = instant_format_local(visit->arena, draft_updated);
        view->draft_note =
            tr_fill(visit->arena, visit->view.lang,
                    _("This is the draft that was saved {1}. Check it and send it when it is ready."), &when, 1);
    }
    return page_show(visit, visit_tr(visit, _("New case")), new_page_html, view);
}
