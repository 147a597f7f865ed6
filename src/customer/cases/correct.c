/*
 * /cases/NUMBER/edit: the reporter corrects the title, description, object and contact details of a case, until work
 * starts (domain 5.16).
 */
#include "access/visibility.h"
#include "customer/cases/correct.html.h"
#include "customer/cases/page.h"
#include "forms/form.h"
#include "model/case.h"
#include "model/case_edit.h"
#include "model/case_fields.h"
#include "model/case_write.h"
#include "model/choice_search.h"
#include "model/choices.h"
#include "model/draft.h"
#include "portal/address.h"

#include <inttypes.h>

/* A list of up to this many objects is a select; of more, a field for the number that scripts search in. */
#define OBJECT_LIST_CAP 30

struct correction {
    struct visit *visit;
    struct form form;
    int64_t id, version, customer_id;
    struct str number, customer_number;
    bool started; /* work has started: nothing may be changed any more */
};

bool case_may_correct(const struct visit *visit, int64_t created_by, int64_t status)
{
    return created_by && created_by == visit->actor.login_id && status == CASE_NOT_STARTED;
}

static bool is_shared_reporter(const struct visit *visit, size_t at)
{
    return at == CASE_REPORTER && visit->actor.kind != ACTOR_CONTACT;
}

/* The form has the fields that people could fill in when they reported the case. */
static bool is_correctable(const struct visit *visit, size_t at)
{
    const struct config_field *config = config_field(visit->config, str_of(case_entity.fields[at].name));
    bool among =
        at == CASE_TITLE || at == CASE_DESCRIPTION || at == CASE_OBJECT || at == CASE_REPORTER || at == CASE_PHONE;
    if (at == CASE_OBJECT && !may_choose_object(&visit->actor))
        return false;
    return among && ((config && !config->hidden && !config->readonly) || is_shared_reporter(visit, at));
}

/* --- the object --------------------------------------------------------------------------------------------------- */

/* Only what a new case may choose from can be chosen (domain 4.2). */
static bool correction_find_object(struct form *form, size_t at, struct err *err)
{
    struct choice choice;
    bool found = false;
    if (!form->values[at].n)
        return true;
    if (!choice_find(form->visit, CHOICE_OBJECT, form->values[at], &choice, &found, err))
        return false;
    if (found)
        form_put(form, at, choice.number, choice.id);
    else
        form_refuse(form, at, _("Choose one from the list."));
    return true;
}

static bool fill_object(struct visit *visit, struct form_page *page, struct err *err)
{
    struct field *field = form_page_field(page, CASE_OBJECT);
    struct choice *items;
    size_t count = 0;
    bool more = false;
    if (!field)
        return true;
    if (!choice_list(visit, CHOICE_OBJECT, OBJECT_LIST_CAP, &items, &count, &more, err))
        return false;
    if (more) {
        field->lookup = page_is_on(visit->config, ROUTE_NEW_CASE) ? "/cases/new/objects" : "/cases/choices/objects";
        field->hint = visit_tr(visit, _("Search by number, name or address"));
        return true;
    }
    struct option *options = ARENA_ARRAY(visit->arena, struct option, count);
    for (size_t i = 0; i < count; i++)
        options[i] = choice_option(visit->arena, &items[i], false, str_eq(items[i].number, field->value));
    field->empty_label = visit_tr(visit, field->required ? _("Choose…") : _("No object"));
    choices_keep(visit->arena, field->value, &options, &count);
    field->options = options;
    field->option_count = count;
    for (size_t i = 0; i < page->count; i++) {
        if (page->inputs[i].field == field)
            page->inputs[i].control = FORM_SELECT;
    }
    return true;
}

/* --- the form ----------------------------------------------------------------------------------------------------- */

static bool correction_open(struct visit *visit, struct correction *correction, struct err *err)
{
    struct form *form = &correction->form;
    int64_t status = CASE_NOT_STARTED, created_by = 0;
    *correction = (struct correction){.visit = visit};
    if (!cases_find_visible(visit, visit->path_value[0], &correction->id, err) ||
        !db_find(visit->db, visit->arena,
                 "SELECT c.number, c.version, c.status, c.created_by, c.customer_id, cu.number FROM cases c"
                 " LEFT JOIN customer cu ON cu.id = c.customer_id WHERE c.id = $1",
                 DB_ARGS(DB_INT(correction->id)),
                 DB_TARGETS(TO(&correction->number), TO(&correction->version), TO(&status), TO(&created_by),
                            TO(&correction->customer_id), TO(&correction->customer_number)),
                 NULL, err))
        return false;
    if (!created_by || created_by != visit->actor.login_id)
        return err_set(err, ERR_NOT_FOUND, NULL, "a case that another login reported");
    correction->started = !case_may_correct(visit, created_by, status);
    form_begin(form, visit, &case_entity);
    form->find = correction_find_object;
    for (size_t i = 0; i < form->count; i++) {
        const struct config_field *config = config_field(visit->config, str_of(case_entity.fields[i].name));
        form->fields[i].shown = is_correctable(visit, i);
        form->fields[i].required = (config && config->required) || is_shared_reporter(visit, i);
    }
    return form_load(form, &case_entity, correction->id, err);
}

static struct str correction_path(const struct correction *correction)
{
    return address_of(correction->visit->arena, "/cases", correction->number, "/edit");
}

/* fresh: the case as it is stored now, when somebody else changed it meanwhile; else NULL. */
static bool correction_show(struct correction *correction, const struct correction *fresh, struct err *err)
{
    struct visit *visit = correction->visit;
    struct correct_view view = {.number = correction->number, .started = correction->started};
    struct form_page *page = &view.form;
    int64_t version = fresh ? fresh->version : correction->version;
    if ((fresh && !form_merge(&correction->form, &fresh->form, page, err)) ||
        !form_fill(&correction->form, page, err) || !fill_object(visit, page, err))
        return false;
    for (size_t i = 0; i < page->count; i++) {
        const struct config_field *config = config_field(visit->config, page->fields[i].name);
        if (config && config->label[visit->view.lang].n)
            page->fields[i].label = config->label[visit->view.lang];
    }
    if (correction->started) {
        page->refusal = visit_tr(visit, _("Work on the case has begun, so it can no longer be changed here. Nothing of "
                                          "this was saved: tell us in a message on the page of the case."));
        visit->response->status = 409;
    }
    view.version = arena_printf(visit->arena, "%" PRId64, version);
    view.case_url = case_path(visit->arena, correction->number);
    view.action = correction_path(correction);
    return page_show(visit, tr_fill(visit->arena, visit->view.lang, _("Change case {1}"), &correction->number, 1),
                     correct_page_html, &view);
}

/* A form that was sent after the session had ended stands there again. */
bool correct_page(struct visit *visit, struct err *err)
{
    struct correction correction;
    struct draft draft;
    struct str owner;
    if (!correction_open(visit, &correction, err))
        return false;
    if (correction.started) {
        page_notice_next(visit, _("Work on the case has begun, so it can no longer be changed here."));
        return visit_redirect(visit, case_path(visit->arena, correction.number));
    }
    if (!draft_owner(visit, &owner, err) || !draft_load(visit, owner, correction_path(&correction), &draft, err) ||
        (draft.found && !form_read(&correction.form, &draft.params, err)))
        return false;
    return correction_show(&correction, NULL, err);
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

static bool correction_note(void *context, struct str label, struct str before, struct str after, struct err *err)
{
    return case_edit_note(context, label, before, after, err);
}

/* The case gets the customer of its new object (domain 10). */
static bool follow_customer(struct case_edit *edit, const struct correction *correction, struct record_column *columns,
                            size_t *count, struct err *err)
{
    struct choice object = {.id = 0};
    bool found = false;
    if (form_differs_at(&correction->form, CASE_OBJECT) && correction->form.values[CASE_OBJECT].n &&
        !choice_find(edit->visit, CHOICE_OBJECT, correction->form.values[CASE_OBJECT], &object, &found, err))
        return false;
    if (!object.customer_id || object.customer_id == correction->customer_id)
        return true;
    columns[(*count)++] =
        (struct record_column){case_entity.fields[CASE_CUSTOMER].column_literal, DB_INT(object.customer_id)};
    return case_edit_note(edit, tr(LANG_SV, case_entity.fields[CASE_CUSTOMER].label), correction->customer_number,
                          object.customer_number, err);
}

static bool correction_write(struct case_edit *edit, struct err *err)
{
    struct correction *correction = edit->context;
    struct visit *visit = edit->visit;
    struct record_column columns[FORM_FIELDS_MAX + 1];
    struct str owner;
    size_t count = form_columns(&correction->form, columns);
    return form_history(&correction->form, correction_note, edit, err) &&
           follow_customer(edit, correction, columns, &count, err) &&
           case_update(visit->db, visit->arena, edit->case_id, columns, count, err) &&
           scope_refresh_case(visit->db, visit->arena, edit->case_id, err) && draft_owner(visit, &owner, err) &&
           draft_drop(visit->db, owner, correction_path(correction), err);
}

/* When somebody changes the case at the same time, the reporter sees what was changed and keeps what they typed. */
static bool correction_show_older(struct correction *mine, struct err *err)
{
    struct correction *fresh = ARENA_NEW(mine->visit->arena, struct correction);
    if (!correction_open(mine->visit, fresh, err))
        return false;
    mine->started = fresh->started;
    return correction_show(mine, fresh, err);
}

bool correct_send(struct visit *visit, struct err *err)
{
    struct correction correction;
    bool older = false;
    struct str number = address_number(visit->arena, visit->path_value[0]);
    struct str path = address_of(visit->arena, "/cases", number, "/edit");
    if (visit->actor.kind == ACTOR_NOBODY)
        return draft_keep_for_login(visit, path, path, err);
    if (!correction_open(visit, &correction, err) || !form_read(&correction.form, &visit->request->form, err))
        return false;
    if (correction.started)
        return correction_show(&correction, NULL, err);
    if (form_refused(&correction.form)) {
        visit->response->status = 400;
        return correction_show(&correction, NULL, err);
    }
    struct case_edit edit = {.visit = visit,
                             .case_id = correction.id,
                             .case_number = correction.number,
                             .write = correction_write,
                             .context = &correction,
                             .action = "case_changed",
                             .subject = STR("fields")};
    if (!str_to_int(http_param(&visit->request->form, "version"), &edit.version))
        edit.version = correction.version;
    if (form_differs(&correction.form) && !case_edit_run(&edit, &older, err))
        return false;
    if (older)
        return correction_show_older(&correction, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, case_path(visit->arena, correction.number));
}
