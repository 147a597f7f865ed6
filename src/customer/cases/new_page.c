#include "customer/cases/new_page.h"

#include "base/random.h"
#include "customer/cases/new.html.h"
#include "customer/cases/new_where.h"
#include "portal/receive_file.h"

/* A list of up to this many choices is a select; a longer one gets a search box. */
#define NEW_LIST_CAP 30
/* Above a list of more objects than this stand those of the newest cases. */
#define LATEST_FROM 4

struct showing_new {
    struct visit *visit;
    struct new_form *form;
    struct form_page page;
    struct new_view view;
    bool many_objects; /* more than a glance finds */
};

static bool is_link(const struct new_field *one)
{
    return field_is_reference(one->config.rule.kind);
}

/* --- customers and objects ---------------------------------------------------------------------------------------- */

/* Keeps the chosen object, whose address and open cases the page shows. */
static void fill_list(struct showing_new *showing, const struct new_field *one, struct new_control *control,
                      const struct choice *items, size_t count)
{
    struct arena *arena = showing->visit->arena;
    struct field *field = control->input.field;
    struct option *options = ARENA_ARRAY(arena, struct option, count);
    struct str *groups = ARENA_ARRAY(arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        bool chosen = str_eq(items[i].number, field->value);
        options[i] = choice_option(arena, &items[i], false, chosen);
        groups[i] = items[i].property;
        if (chosen && one == showing->form->object)
            showing->form->place = items[i];
    }
    field->groups = groups;
    field->options = options;
    field->option_count = count;
    control->kind = CONTROL_LINK;
    control->choices = items;
}

/* The chosen option is the first one, no matter what the search is. */
static bool fill_picker(struct showing_new *showing, const struct new_field *one, struct new_control *control,
                        struct err *err)
{
    struct visit *visit = showing->visit;
    struct field *field = control->input.field;
    enum choice_kind kind = new_choice_kind(one);
    struct option *options = ARENA_ARRAY(visit->arena, struct option, CHOICE_HITS + 1);
    struct str *groups = ARENA_ARRAY(visit->arena, struct str, CHOICE_HITS + 1);
    struct choices hits = {.count = 0};
    struct choice chosen;
    bool found = false, asked = str_eq(http_param(&visit->request->form, "search"), one->config.name);
    if (field->value.n && !choice_find(visit, kind, field->value, &chosen, &found, err))
        return false;
    if (found)
        options[field->option_count++] = choice_option(visit->arena, &chosen, true, true);
    if (found && one == showing->form->object)
        showing->form->place = chosen;
    if ((asked || (one->search.n && !found)) && (!choice_search(visit, kind, one->search, &hits, err) ||
                                                 !choices_by_property(visit, hits.items, hits.count, err)))
        return false;
    for (size_t i = 0; i < hits.count; i++) {
        if (found && str_eq(hits.items[i].number, chosen.number))
            continue;
        groups[field->option_count] = hits.items[i].property;
        options[field->option_count++] = choice_option(visit->arena, &hits.items[i], true, false);
    }
    field->groups = groups;
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

/* One choice is no question: the page says what it is, and the form sends it. */
static void fill_single(struct showing_new *showing, const struct new_field *one, const struct choice *only)
{
    struct new_view *view = &showing->view;
    struct str name = choice_option(showing->visit->arena, only, false, true).label;
    struct str label = form_page_field(&showing->page, one->at)->label;
    if (one == showing->form->object) {
        view->object = name;
        view->object_label = label;
        view->only_object = only->number;
        showing->form->place = *only;
    } else {
        view->customer = only->name;
        view->customer_label = label;
        view->only_customer = only->number;
    }
}

/* *shown: there is something to choose from. */
static bool fill_link(struct showing_new *showing, const struct new_field *one, struct new_control *control,
                      bool *shown, struct err *err)
{
    struct visit *visit = showing->visit;
    const struct new_form *form = showing->form;
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
    *shown = many || count > 1;
    showing->many_objects = showing->many_objects || (object && (many || count > LATEST_FROM));
    if (!object && !one->given) /* what stands first among customers is not sent, so that the object decides */
        field->untouched =
            visit_tr(visit, form->object && form->object->offered ? _("The customer of the object") : _("Choose…"));
    if (many)
        return fill_picker(showing, one, control, err);
    if (count == 1)
        fill_single(showing, one, items);
    if (!*shown)
        return true;
    if (object && !choices_by_property(visit, items, count, err))
        return false;
    fill_list(showing, one, control, items, count);
    if (!object || !form->customer || !form->customer->offered)
        control->choices = NULL;
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
        return fill_link(showing, one, control, shown, err);
    if (control->input.control == FORM_SELECT) {
        field->empty_label = visit_tr(showing->visit, _("Choose…"));
        *shown = field->option_count || one->config.readonly;
    }
    if (one->config.rule.kind == FIELD_YES_NO && !field->required && !field->readonly)
        control->input.control = FORM_CHECK;
    return true;
}

/* --- the parts of the form ---------------------------------------------------------------------------------------- */

/*
 * A field that the settings require is asked for with the fault itself; so are the installation's own fields. The
 * settings rule the order within a part.
 */
static enum new_part part_of(const struct new_field *one, const struct field *field)
{
    const char *const *in;
    static const char *const CONTACT[] = {"reporter", "reporter_phone", NULL};
    static const char *const MORE[] = {"type", "priority", "your_reference", NULL};
    if (is_link(one))
        return PART_WHERE;
    if (str_starts(one->config.name, STR("site_")))
        return PART_ADDRESS;
    for (in = CONTACT; *in; in++) {
        if (str_eqz(one->config.name, *in))
            return PART_CONTACT;
    }
    for (in = MORE; *in && !field->required; in++) {
        if (str_eqz(one->config.name, *in))
            return PART_MORE;
    }
    return PART_WHAT;
}

/* The values of a part in one line, and whether each of its fields has one. */
static struct str part_values(struct visit *visit, const struct new_group *group, bool *whole, bool *refused)
{
    struct buf line;
    buf_init(&line, visit->arena);
    *whole = true;
    *refused = false;
    for (size_t i = 0; i < group->count; i++) {
        const struct field *field = group->controls[i].input.field;
        *whole = *whole && field->value.n;
        *refused = *refused || field->error.n || (field->required && !field->value.n);
        buf_printf(&line, "%s%.*s", line.n && field->value.n ? ", " : "", STR_FMT(field->value));
    }
    return buf_text(&line);
}

/*
 * Folds what need not be filled in: further fields, the name and phone of a person who is known, and an address, since
 * a case without one has that of its object. A part opens when one of its fields was refused.
 */
static void fold_parts(struct showing_new *showing)
{
    static const struct msgid *const LEGENDS[PART_COUNT] = {_("Where?"), _("Address"), _("What?"), _("Further fields"),
                                                            _("Contact")};
    struct visit *visit = showing->visit;
    const struct new_form *form = showing->form;
    struct new_group *groups = showing->view.groups;
    for (int part = 0; part < PART_COUNT; part++) {
        struct new_group *group = &groups[part];
        bool whole, refused;
        struct str values = part_values(visit, group, &whole, &refused);
        group->legend = visit_tr(visit, LEGENDS[part]);
        group->open = refused;
        if (part == PART_MORE)
            group->folded = group->legend;
        if (part == PART_CONTACT && whole && visit->actor.kind == ACTOR_CONTACT)
            group->folded = tr_fill(visit->arena, visit->view.lang, _("Contact: {1} – change"), &values, 1);
        if (part == PART_ADDRESS && values.n)
            group->folded = tr_fill(visit->arena, visit->view.lang, _("Address: {1} – change"), &values, 1);
        else if (part == PART_ADDRESS && (form->place.id || (form->object && groups[PART_WHERE].count)))
            group->folded = showing->view.known.address;
    }
}

static bool fill_controls(struct showing_new *showing, struct err *err)
{
    const struct new_form *form = showing->form;
    struct arena *arena = showing->visit->arena;
    struct new_view *view = &showing->view;
    view->faults = ARENA_ARRAY(arena, struct field, form->count + 1);
    for (int part = 0; part < PART_COUNT; part++)
        view->groups[part].controls = ARENA_ARRAY(arena, struct new_control, form->count);
    for (size_t i = 0; i < form->count; i++) {
        const struct new_field *one = &form->fields[i];
        struct new_control control = {.kind = CONTROL_INPUT};
        bool shown = false;
        if (!fill_control(showing, one, &control, &shown, err))
            return false;
        struct field *field = control.input.field;
        struct new_group *group = &view->groups[part_of(one, field)];
        if (shown)
            group->controls[group->count++] = control;
        else if (field->error.n) /* the fault of a value that was sent for a field that is not there */
            view->faults[view->fault_count++] = (struct field){
                .error = arena_printf(arena, "%.*s: %.*s", STR_FMT(field->label), STR_FMT(field->error))};
    }
    for (int part = 0; part < PART_COUNT; part++) {
        for (size_t i = 0; i < view->groups[part].count; i++)
            view->faults[view->fault_count++] = *view->groups[part].controls[i].input.field;
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
static bool fill_linked(struct visit *visit, struct new_form *form, struct new_view *view, struct err *err)
{
    const struct actor *actor = &visit->actor;
    view->object_label = visit_tr(visit, _("Object"));
    view->customer_label = visit_tr(visit, _("Customer"));
    if (actor->kind == ACTOR_CUSTOMER)
        view->customer = actor->name;
    if (actor->kind != ACTOR_OBJECT)
        return true;
    if (!choice_own_object(visit, &form->place, err))
        return false;
    view->object = choice_option(visit->arena, &form->place, false, true).label;
    view->customer = form->place.customer_name;
    return true;
}

bool new_page_show(struct visit *visit, struct new_form *form, int64_t draft_updated, struct err *err)
{
    struct showing_new showing = {.visit = visit, .form = form, .view = {.asks_first = form->asks_first}};
    struct new_view *view = &showing.view;
    if (!form_fill(&form->form, &showing.page, err) || !fill_linked(visit, form, view, err) ||
        !fill_controls(&showing, err) || !new_where_fill(visit, form, showing.many_objects, view, err))
        return false;
    fold_parts(&showing);
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
