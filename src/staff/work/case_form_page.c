/* /staff/cases/NUMBER/edit: the fields of a case, its customer, object and contacts. */
#include "portal/address.h"
#include "staff/work/case_fields.h"
#include "staff/work/work.html.h"

/* fresh: the case as it is stored now, when somebody else changed it meanwhile; else NULL. */
static bool case_edit_show(struct visit *visit, const struct work_case *work, struct case_form *form,
                           const struct form *fresh, struct err *err)
{
    struct work_form_view view = {.title = STR_NONE};
    if ((fresh && !form_merge(&form->form, fresh, &view.form, err)) || !form_fill(&form->form, &view.form, err) ||
        !case_form_names(visit, &view.form, err) || !work_form_stamp(visit, work, fresh != NULL, &view, err))
        return false;
    view.case_url = work->url;
    view.of_name = STR("customer_of");
    view.of = form->customer_of;
    view.title = tr_fill(visit->arena, visit->view.lang, _("Change case {1}"), &work->number, 1);
    view.action = arena_printf(visit->arena, "%.*s/edit", STR_FMT(work->url));
    return page_show(visit, view.title, work_form_page_html, &view);
}

static bool case_edit_find(struct visit *visit, struct work_case *work, struct case_form *form, struct err *err)
{
    return work_case_find(visit, work, err) && case_form_load(visit, work->id, form, err);
}

bool case_edit_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct case_form form;
    return case_edit_find(visit, &work, &form, err) && case_edit_show(visit, &work, &form, NULL, err);
}

static bool case_edit_write(struct case_edit *edit, struct err *err)
{
    return case_form_write(edit, edit->context, err);
}

/* When two people change the same case, the second sees what the first changed and keeps what they typed. */
static bool case_edit_show_older(struct visit *visit, struct work_case *work, struct case_form *mine, struct err *err)
{
    struct case_form fresh;
    return work_case_load(visit, work->number, work, err) && case_form_load(visit, work->id, &fresh, err) &&
           case_edit_show(visit, work, mine, &fresh.form, err);
}

bool case_edit_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct case_form form;
    bool older = false;
    struct case_edit edit = {
        .write = case_edit_write, .context = &form, .action = "case_changed", .subject = STR("fields")};
    if (!case_edit_find(visit, &work, &form, err) || !case_form_read(visit, &form, err))
        return false;
    if (form_refused(&form.form)) {
        visit->response->status = 400;
        return case_edit_show(visit, &work, &form, NULL, err);
    }
    if (!work_edit_run(visit, &work, &edit, &older, err))
        return false;
    if (older)
        return case_edit_show_older(visit, &work, &form, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, work.url);
}
