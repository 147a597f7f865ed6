/* The form of one row of a register, new or stored. */
#include "model/contact_fields.h"
#include "model/login.h"
#include "parts/notices/notices.h"
#include "portal/address.h"
#include "staff/registers/internal.h"
#include "staff/registers/registers.html.h"
#include "staff/registers/views.h"

static bool register_fill_login(struct visit *visit, const struct staff_register *reg, const struct form *form,
                                struct register_form_view *view, struct err *err)
{
    struct shared_login login;
    if (!shared_login_find(visit->db, visit->arena, reg->login_kind, form->id, &login, err))
        return false;
    view->has_login_part = true;
    view->login_name = login.name;
    if (login.set_us)
        view->login_set = tr_fill(visit->arena, visit->view.lang, _("Saved {1} by {2}."),
                                  (struct str[]){instant_format_local(visit->arena, login.set_us),
                                                 login.set_by.n ? login.set_by : visit_tr(visit, _("an import"))},
                                  2);
    view->login.name = STR("login");
    view->login.label = visit_tr(visit, _("User name/password"));
    view->login.hint = visit_tr(visit, _("Written with a slash between: eken/hemligt. It is never shown again."));
    view->login.autocomplete = "off";
    view->login.max_length = 500;
    if (login.name.n)
        view->look_url = address_with(visit->arena, "/staff/view-as?login=", login.name);
    return true;
}

/* Fills what a stored row has beside its form. It shows the stored values, also when the form is refused. */
static bool register_fill_stored(struct visit *visit, const struct staff_register *reg, const struct form *form,
                                 struct register_form_view *view, struct err *err)
{
    const struct str *stored = form->stored;
    enum actor_kind kind = reg->login_kind;
    view->name = stored[1];
    if (reg == &contact_register) {
        kind = ACTOR_CONTACT;
        view->name =
            arena_printf(visit->arena, "%.*s %.*s", STR_FMT(stored[CONTACT_FIRST]), STR_FMT(stored[CONTACT_LAST]));
        if (visit->staff.role == STAFF_ADMINISTRATOR)
            view->personal_url = register_path(visit->arena, reg, stored[0], "/personal-data");
        if (!notices_contact_part(visit, stored[0], &view->mails, err))
            return false;
    }
    if (kind)
        view->new_case_url = address_with(
            visit->arena, arena_printf(visit->arena, "/staff/cases/new?%s=", code_name(&login_kinds, kind)).p,
            stored[0]);
    if (reg == &object_register)
        view->tree_url = object_tree_path(visit->arena, stored[0]);
    return history_load(visit, (struct history_of){reg->entity->table_literal, form->id}, &view->history, err) &&
           (!reg->login_kind || register_fill_login(visit, reg, form, view, err)) &&
           register_belongs(visit, reg, form, view, err);
}

bool register_form_show(struct visit *visit, const struct staff_register *reg, struct form *form,
                        struct register_form_view *view, struct err *err)
{
    if (!form_fill(form, &view->form, err))
        return false;
    view->title =
        form->id ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(visit_tr(visit, reg->one)), STR_FMT(form->stored[0]))
                 : visit_tr(visit, reg->new_one);
    view->list_url = arena_printf(visit->arena, "/staff/%s", reg->path);
    view->list_label = visit_tr(visit, reg->title);
    view->action = form->id ? register_path(visit->arena, reg, form->stored[0], "")
                            : arena_printf(visit->arena, "/staff/%s/new", reg->path);
    if (form->id && !register_fill_stored(visit, reg, form, view, err))
        return false;
    return page_show(visit, view->title, register_form_html, view);
}

bool register_new_form(struct visit *visit, struct err *err)
{
    const struct staff_register *reg = register_of(visit);
    struct form form;
    struct register_form_view view = {.title = STR_NONE};
    register_begin(visit, reg, &form);
    for (size_t i = 0; i < form.count; i++) {
        const struct entity_field *rule = form.fields[i].rule;
        if (rule->kind == FIELD_YES_NO)
            form.values[i] = STR("yes");
        struct str given = field_clean(visit->arena, rule, http_param(&visit->request->query, rule->name));
        if (given.n) /* a value from the page that links here: the address of an account, an object in the tree */
            form.values[i] = given;
    }
    if (!form.values[0].n && !register_next_number(visit, reg, &form.values[0], err))
        return false;
    return register_form_show(visit, reg, &form, &view, err);
}

bool register_row_form(struct visit *visit, struct err *err)
{
    const struct staff_register *reg = register_of(visit);
    struct form form;
    struct register_form_view view = {.title = STR_NONE};
    return register_load_asked(visit, reg, &form, err) && register_form_show(visit, reg, &form, &view, err);
}
