/* /staff/cases/NUMBER/edit: the fields of a case, its customer, object and contacts. */
#include "portal/address.h"
#include "staff/work/case_fields.h"
#include "staff/work/work.html.h"

/* was: what the fields held when this form was first made, or is made now. */
static bool case_edit_show(struct visit *visit, const struct work_case *work, const struct case_form *form,
                           struct str was, bool older, struct err *err)
{
    struct work_form_view view = {.count = 0};
    if (!work_form_fill(visit, &form->form, &view, err) || !work_form_stamp(visit, work, older, &view, err))
        return false;
    case_form_choices(visit, form, &view);
    if (!case_form_names(visit, &view, err))
        return false;
    for (size_t i = 0; i < view.count; i++)
        view.inputs[i].field = view.fields[i];
    view.case_url = work->url;
    view.was = was;
    view.title = tr_fill(visit->arena, visit->view.lang, _("Change case {1}"), &work->number, 1);
    view.action = arena_printf(visit->arena, "%.*s/edit", STR_FMT(work->url));
    page_begin(visit, view.title);
    work_form_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

static bool case_edit_find(struct visit *visit, struct work_case *work, struct case_form *form, struct err *err)
{
    return work_case_load(visit, address_number(visit->arena, visit->path_value[0]), work, err) &&
           case_form_load(visit, work->id, form, err);
}

bool case_edit_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct case_form form;
    return case_edit_find(visit, &work, &form, err) &&
           case_edit_show(visit, &work, &form, case_form_was(visit->arena, &form), false, err);
}

struct case_saving {
    const struct case_form *before, *after;
};

static bool case_edit_write(struct case_edit *edit, struct err *err)
{
    const struct case_saving *saving = edit->context;
    return case_form_write(edit, saving->before, saving->after, err);
}

/* Two on one case: the second sees what the first changed, and what he typed himself stays. */
static bool case_edit_show_older(struct visit *visit, struct work_case *work, struct case_form *mine, struct err *err)
{
    struct case_form fresh;
    if (!work_case_load(visit, work->number, work, err) || !case_form_load(visit, work->id, &fresh, err))
        return false;
    case_form_merge(visit->arena, mine, &fresh, http_param(&visit->request->form, "was"));
    return case_edit_show(visit, work, mine, case_form_was(visit->arena, &fresh), true, err);
}

static bool case_edit_save(struct visit *visit, struct work_case *work, const struct case_form *before,
                           struct case_form *after, struct err *err)
{
    bool older = false;
    struct case_saving saving = {before, after};
    struct case_edit edit = {
        .write = case_edit_write, .context = &saving, .action = "case_changed", .subject = STR("fields")};
    if (!work_edit_run(visit, work, &edit, &older, err))
        return false;
    if (older)
        return case_edit_show_older(visit, work, after, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, work->url);
}

bool case_edit_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct case_form before, after;
    if (!case_edit_find(visit, &work, &before, err))
        return false;
    after = before;
    if (!case_form_read(visit, &after, err))
        return false;
    if (!work_form_sound(&after.form)) {
        visit->response->status = 400;
        return case_edit_show(visit, &work, &after, http_param(&visit->request->form, "was"), false, err);
    }
    return case_edit_save(visit, &work, &before, &after, err);
}
