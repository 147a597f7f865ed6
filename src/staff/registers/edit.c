/* The form of one row of a register, new or stored. */
#include "model/contact_fields.h"
#include "model/login.h"
#include "parts/notices/notices.h"
#include "portal/address.h"
#include "staff/find/find.h"
#include "staff/registers/internal.h"
#include "staff/registers/registers.html.h"
#include "staff/registers/views.h"

static bool fill_login(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                       struct register_form_view *view, struct err *err)
{
    struct shared_login login;
    if (!reg->login_kind || !row->id)
        return true;
    if (!shared_login_find(visit->db, visit->arena, reg->login_kind, row->id, &login, err))
        return false;
    view->has_login_part = true;
    view->login_name = login.name;
    if (login.set_us)
        view->login_set = tr_fill(visit->arena, visit->view.lang, _("Set {1} by {2}."),
                                  (struct str[]){fmt_instant(visit->arena, visit->view.lang, login.set_us),
                                                 login.set_by.n ? login.set_by : visit_tr(visit, _("an import"))},
                                  2);
    view->login.name = STR("login");
    view->login.label = visit_tr(visit, _("User name/password"));
    view->login.hint = visit_tr(visit, _("Written with a slash between: eken/hemligt. It is never shown again."));
    view->login.autocomplete = "off";
    view->login.max_length = 500;
    view->login_action = register_path(visit->arena, reg, row->number, "/login");
    view->login_remove = register_path(visit->arena, reg, row->number, "/login/remove");
    return true;
}

static struct str registers_edit_with_query(struct visit *visit, const char *path, const char *name, struct str value)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_printf(&url, "%s?%s=", path, name);
    buf_url_part(&url, value);
    return buf_text(&url);
}

static bool fill_links(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                       struct register_form_view *view, struct err *err)
{
    const char *kind = reg == &contact_register ? "contact" : reg->login_kind;
    bool contact = reg == &contact_register;
    /* the stored values, also when the form was refused */
    const struct str *stored = row->form.stored;
    view->name =
        contact ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(stored[CONTACT_FIRST]), STR_FMT(stored[CONTACT_LAST]))
                : stored[1];
    if (kind)
        view->new_case_url = registers_edit_with_query(visit, "/staff/cases/new", kind, row->number);
    if (reg == &object_register)
        view->tree_url = object_tree_path(visit->arena, row->number);
    if (contact && visit->staff.role == STAFF_ADMINISTRATOR)
        view->personal_url = register_path(visit->arena, reg, row->number, "/personal-data");
    if (view->login_name.n)
        view->look_url = registers_edit_with_query(visit, "/staff/view-as", "login", view->login_name);
    return register_belongs(visit, reg, row, view, err);
}

bool register_form_show(struct visit *visit, const struct staff_register *reg, struct register_row *row,
                        struct register_form_view *view, struct err *err)
{
    if (!form_fill(&row->form, &view->form, err) || !fill_login(visit, reg, row, view, err) ||
        (reg == &contact_register && row->id && !notices_contact_part(visit, row->number, &view->mails, err)))
        return false;
    view->title =
        row->id ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(visit_tr(visit, reg->one)), STR_FMT(row->number))
                : visit_tr(visit, reg->new_one);
    view->list_url = arena_printf(visit->arena, "/staff/%s", reg->path);
    view->list_label = visit_tr(visit, reg->title);
    view->action = row->id ? register_path(visit->arena, reg, row->number, "")
                           : arena_printf(visit->arena, "/staff/%s/new", reg->path);
    if (row->id && !fill_links(visit, reg, row, view, err))
        return false;
    page_begin(visit, view->title);
    register_form_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool register_new_form(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row row;
    struct register_form_view view = {.title = STR_NONE};
    register_blank(visit, reg, &row);
    for (size_t i = 0; i < reg->field_count; i++) {
        const struct entity_field *rule = row.form.fields[i].rule;
        if (rule->kind == FIELD_YES_NO)
            row.form.values[i] = STR("yes");
        struct str given = field_clean(visit->arena, rule, http_param(&visit->request->query, rule->name));
        if (given.n) /* a value from the page that links here: the address of an account, an object in the tree */
            row.form.values[i] = given;
    }
    if (!row.form.values[0].n && !register_next_number(visit, reg, &row.form.values[0], err))
        return false;
    return register_form_show(visit, reg, &row, &view, err);
}

bool register_row_form(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row row;
    struct register_form_view view = {.title = STR_NONE};
    return register_load(visit, reg, address_number(visit->arena, visit->path_value[0]), &row, err) &&
           register_form_show(visit, reg, &row, &view, err);
}

/* --- the login ---------------------------------------------------------------------------------------------------- */

static bool show_with_login_fault(struct visit *visit, const struct staff_register *reg, struct register_row *row,
                                  const struct msgid *fault, struct err *err)
{
    struct register_form_view view = {.login = {.error = visit_tr(visit, fault)}};
    visit->response->status = 400;
    return register_form_show(visit, reg, row, &view, err);
}

bool register_login_send(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    const struct msgid *fault = NULL;
    struct register_row row;
    if (!register_load(visit, reg, address_number(visit->arena, visit->path_value[0]), &row, err) ||
        !register_login_set(visit, reg, &row, http_param(&visit->request->form, "login"), &fault, err))
        return false;
    if (fault)
        return show_with_login_fault(visit, reg, &row, fault, err);
    page_notice_next(visit, _("The login is saved."));
    return visit_redirect(visit, register_path(visit->arena, reg, row.number, ""));
}

bool register_login_remove(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row row;
    if (!register_load(visit, reg, address_number(visit->arena, visit->path_value[0]), &row, err) ||
        !register_login_delete(visit, reg, &row, err))
        return false;
    page_notice_next(visit, _("The login is removed."));
    return visit_redirect(visit, register_path(visit->arena, reg, row.number, ""));
}
