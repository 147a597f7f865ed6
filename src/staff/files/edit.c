/* The pages of one file: download, change name, category and visibility, and remove. */
#include "portal/send_file.h"
#include "service/store.h"
#include "staff/files/files.html.h"
#include "staff/files/internal.h"

enum { FIELD_NAME, FIELD_CATEGORY, FIELD_VISIBLE };

bool staff_file_content(struct visit *visit, struct err *err)
{
    struct file file;
    if (!file_find(visit, visit->path_value[0], &file, err))
        return false;
    const struct sent_file sent = {file.name, file.digest, arena_z(visit->arena, file.media_type)};
    return send_file(visit, &sent, str_eqz(http_param(&visit->request->query, "show"), "1"), err);
}

/* --- the form ----------------------------------------------------------------------------------------------------- */

struct edit {
    struct file now, wanted;
    struct str name_fault, category_fault; /* in the user's language */
    bool older;
};

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

static bool files_edit_show(struct visit *visit, const struct edit *edit, struct err *err)
{
    struct file_form_view view = {
        .file = &edit->now,
        .version = file_version(visit, &edit->now),
        .older = edit->older ? older_text(visit, &edit->now) : STR_NONE,
    };
    view.fields[FIELD_NAME] = (struct field){.name = STR("name"),
                                             .label = visit_tr(visit, _("Name")),
                                             .value = edit->wanted.name,
                                             .error = edit->name_fault,
                                             .required = true,
                                             .max_length = FILE_NAME_MAX};
    if (!category_field(visit, edit->wanted.category, &view.fields[FIELD_CATEGORY], err))
        return false;
    view.fields[FIELD_CATEGORY].empty_label = visit_tr(visit, _("None"));
    view.fields[FIELD_CATEGORY].error = edit->category_fault;
    view.fields[FIELD_VISIBLE] = (struct field){.name = STR("visible"),
                                                .label = visit_tr(visit, _("Visible in the portal")),
                                                .value = edit->wanted.visible ? STR("yes") : STR_NONE};
    if (edit->older || edit->name_fault.n || edit->category_fault.n)
        visit->response->status = edit->older ? 409 : 400;
    return page_show(visit, edit->now.name, staff_file_form_html, &view);
}

bool staff_file_page(struct visit *visit, struct err *err)
{
    struct edit edit = {.older = false};
    if (!file_find(visit, visit->path_value[0], &edit.now, err))
        return false;
    edit.wanted = edit.now;
    return files_edit_show(visit, &edit, err);
}

/* The content limits which extensions are allowed, as for uploaded files. */
static void check_name(struct visit *visit, struct edit *edit, struct str typed)
{
    const char *type = arena_z(visit->arena, edit->now.media_type);
    struct str fitted = store_clean_name(visit->arena, typed);
    edit->wanted.name = typed;
    if (!fitted.n)
        edit->name_fault = visit_tr(visit, _("Fill in this field."));
    else if (utf8_count(typed) > FILE_NAME_MAX)
        edit->name_fault = visit_tr(visit, _("The text is too long."));
    else if (store_knows(type) && !store_fit_name(visit->arena, type, typed, &fitted))
        edit->name_fault = visit_tr(visit, _("The ending of the name does not fit the content of the file."));
    else
        edit->wanted.name = fitted;
}

static bool read_form(struct visit *visit, struct edit *edit, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    edit->wanted = edit->now;
    edit->wanted.category = http_param(form, "category");
    edit->wanted.visible = str_eqz(http_param(form, "visible"), "yes");
    check_name(visit, edit, str_trim(http_param(form, "name")));
    if (str_eq(edit->wanted.category, edit->now.category))
        return true; /* an unchanged category is kept, even if it can no longer be chosen */
    if (!category_find(visit, edit->wanted.category, &edit->wanted.category_id, err))
        return false;
    if (edit->wanted.category.n && !edit->wanted.category_id)
        edit->category_fault = visit_tr(visit, _("Choose one of the list."));
    return true;
}

static bool is_older(struct visit *visit, const struct file *now)
{
    return !str_eq(http_param(&visit->request->form, "version"), file_version(visit, now));
}

bool staff_file_send(struct visit *visit, struct err *err)
{
    struct edit edit = {.older = false};
    if (!file_find(visit, visit->path_value[0], &edit.now, err) || !read_form(visit, &edit, err))
        return false;
    edit.older = is_older(visit, &edit.now);
    if (edit.older || edit.name_fault.n || edit.category_fault.n)
        return files_edit_show(visit, &edit, err);
    if (!file_change(visit, &edit.now, &edit.wanted, &edit.older, err))
        return false;
    if (edit.older)
        return file_find(visit, visit->path_value[0], &edit.now, err) && files_edit_show(visit, &edit, err);
    page_notice_next(visit, _("The file is saved."));
    return visit_redirect(visit, file_owner_path(visit->arena, &edit.now.owner, "/files"));
}

/* --- removing ----------------------------------------------------------------------------------------------------- */

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
