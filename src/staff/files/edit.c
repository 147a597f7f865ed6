/* The pages of one file: download, change name, category and visibility, and remove. */
#include "forms/form.h"
#include "model/file_fields.h"
#include "portal/send_file.h"
#include "service/store.h"
#include "staff/files/files.html.h"
#include "staff/files/internal.h"

bool staff_file_content(struct visit *visit, struct err *err)
{
    struct file file;
    if (!file_find(visit, visit->path_value[0], &file, err))
        return false;
    const struct sent_file sent = {file.name, file.digest, file.media_type};
    return send_file(visit, &sent, str_eqz(http_param(&visit->request->query, "show"), "1"), err);
}

/* --- the form ----------------------------------------------------------------------------------------------------- */

static bool file_form_load(struct visit *visit, struct file *file, struct form *form, struct err *err)
{
    form_begin(form, visit, &file_entity);
    return file_find(visit, visit->path_value[0], file, err) && form_load(form, &file_entity, file->id, err);
}

static bool file_form_show(const struct file *file, struct form *form, struct form_page *page, struct err *err)
{
    struct visit *visit = form->visit;
    struct file_form_view view = {.file = file};
    if (!form_fill(form, page, err))
        return false;
    view.form = *page;
    return page_show(visit, file->name, staff_file_form_html, &view);
}

bool staff_file_page(struct visit *visit, struct err *err)
{
    struct file file;
    struct form form;
    struct form_page page = {.count = 0};
    return file_form_load(visit, &file, &form, err) && file_form_show(&file, &form, &page, err);
}

/* The content limits which extensions are allowed, as for uploaded files. */
static void file_form_fit_name(struct form *form, const struct file *file)
{
    struct arena *arena = form->visit->arena;
    struct str typed = form->values[FILE_NAME], fitted = store_clean_name(arena, typed);
    if (form->errors[FILE_NAME].n)
        return;
    if (!fitted.n)
        form_refuse(form, FILE_NAME, _("Fill in this field."));
    else
        form_put(form, FILE_NAME, store_rename(arena, file->media_type, fitted, file->name), 0);
}

/* When two people change the same file, the second sees what the first changed and keeps what they typed. */
static bool file_form_show_older(struct form *form, struct err *err)
{
    struct file file;
    struct form fresh;
    struct form_page page = {.count = 0};
    return file_form_load(form->visit, &file, &fresh, err) && form_merge(form, &fresh, &page, err) &&
           file_form_show(&file, form, &page, err);
}

bool staff_file_send(struct visit *visit, struct err *err)
{
    struct file file, wanted;
    struct form form;
    struct form_page page = {.count = 0};
    bool older = false;
    if (!file_form_load(visit, &file, &form, err) || !form_read(&form, &visit->request->form, err))
        return false;
    if (form_is_older(&form))
        return file_form_show_older(&form, err);
    file_form_fit_name(&form, &file);
    if (form_refused(&form)) {
        visit->response->status = 400;
        return file_form_show(&file, &form, &page, err);
    }
    wanted = file;
    wanted.name = form.values[FILE_NAME];
    wanted.category = form.values[FILE_CATEGORY];
    wanted.category_id = form.ids[FILE_CATEGORY];
    wanted.visible = form.ids[FILE_VISIBLE] != 0;
    if (!file_change(visit, &file, &wanted, &older, err))
        return false;
    if (older)
        return file_form_show_older(&form, err);
    page_notice_next(visit, _("The file is saved."));
    return visit_redirect(visit, file_owner_path(visit->arena, &file.owner, "/files"));
}

/* --- removing ----------------------------------------------------------------------------------------------------- */

/* Returns a message with the values that somebody else saved meanwhile. */
static struct str older_text(struct visit *visit, const struct file *now)
{
    struct str none = visit_tr(visit, _("None"));
    return tr_fill(
        visit->arena, visit->view.lang,
        _("Somebody has changed the file since you opened it. Now: name {1}, category {2}, {3}."),
        (struct str[]){now->name, now->category_label.n ? now->category_label : none,
                       visit_tr(visit, now->visible ? _("visible in the portal") : _("not visible in the portal"))},
        3);
}

static bool is_older(struct visit *visit, const struct file *now)
{
    return !str_eq(http_param(&visit->request->form, "version"), file_version(visit, now));
}

static bool show_remove(struct visit *visit, const struct file *file, bool older)
{
    struct file_remove_view view = {
        .file = file,
        .version = file_version(visit, file),
        .older = older ? older_text(visit, file) : STR_NONE,
    };
    if (older)
        visit->response->status = 409;
    return page_show(visit, visit_tr(visit, _("Remove the file")), staff_file_remove_html, &view);
}

bool staff_file_remove_page(struct visit *visit, struct err *err)
{
    struct file file;
    return file_find(visit, visit->path_value[0], &file, err) && show_remove(visit, &file, false);
}

bool staff_file_remove_send(struct visit *visit, struct err *err)
{
    struct file file;
    bool older = false;
    if (!file_find(visit, visit->path_value[0], &file, err))
        return false;
    if (is_older(visit, &file))
        return show_remove(visit, &file, true);
    if (!file_remove(visit, &file, &older, err))
        return false;
    if (older)
        return file_find(visit, visit->path_value[0], &file, err) && show_remove(visit, &file, true);
    page_notice_next(visit, _("The file is removed."));
    return visit_redirect(visit, file_owner_path(visit->arena, &file.owner, "/files"));
}
