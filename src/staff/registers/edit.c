/* The form of one row of a register, new or stored. */
#include "model/choice_criterion.h"
#include "model/login.h"
#include "parts/notices/notices.h"
#include "portal/address.h"
#include "staff/find/find.h"
#include "staff/registers/internal.h"
#include "staff/registers/registers.html.h"
#include "staff/registers/views.h"

/* --- the form ----------------------------------------------------------------------------------------------------------------------------- */

static bool fill_group(struct visit *visit, struct str chosen, struct field *field, struct err *err)
{
    struct criterion one = {0};
    if (!cases_criterion_picklist(visit, "object_group", chosen, &one, err))
        return false;
    field->options = one.field.options;
    field->option_count = one.field.option_count;
    field->empty_label = visit_tr(visit, _("None"));
    return true;
}

static void fill_types(struct visit *visit, struct str chosen, struct field *field)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 5);
    for (size_t i = 0; i < 5; i++)
        options[i] = (struct option){str_of(register_types[i]), visit_tr(visit, register_type_labels[i]),
                                     str_eqz(chosen, register_types[i])};
    field->options = options;
    field->option_count = 5;
    field->empty_label = visit_tr(visit, _("Choose…"));
}

/* With the sign of the language; what is no number stays as it was typed. */
static struct str price_text(struct visit *visit, struct str value)
{
    ptrdiff_t dot = str_find_char(value, '.');
    if (dot < 0 || visit->view.lang == LANG_EN)
        return value;
    return arena_printf(visit->arena, "%.*s,%.*s", STR_FMT(str_slice(value, 0, (size_t)dot)),
                        STR_FMT(str_slice(value, (size_t)dot + 1, value.n)));
}

/* The way that closes a loop stands in the fault of the parent alone. */
static struct str fault_text(struct visit *visit, const struct register_row *row, size_t at)
{
    return row->faults[at] && row->loop.n ? tr_fill(visit->arena, visit->view.lang, row->faults[at], &row->loop, 1)
                                          : visit_tr(visit, row->faults[at]);
}

static const char *lookup_of(enum field_of_register kind)
{
    return kind == REGISTER_CUSTOMER || kind == REGISTER_CUSTOMERS ? lookup_paths[LOOKUP_CUSTOMER]
           : kind == REGISTER_OBJECT || kind == REGISTER_OBJECTS   ? lookup_paths[LOOKUP_OBJECT]
                                                                   : NULL;
}

static bool fill_input(struct visit *visit, const struct register_row *row, const struct register_field *field,
                       size_t at, struct register_input_view *input, struct err *err)
{
    bool is_list = field->kind == REGISTER_CUSTOMERS || field->kind == REGISTER_OBJECTS;
    input->kind = is_list                                                         ? INPUT_AREA
                  : field->kind == REGISTER_GROUP || field->kind == REGISTER_TYPE ? INPUT_SELECT
                  : field->kind == REGISTER_ACTIVE                                ? INPUT_CHECK
                                                                                  : INPUT_TEXT;
    input->field = (struct field){.name = str_of(field->name),
                                  .label = visit_tr(visit, field->label),
                                  .value = row->values[at],
                                  .error = fault_text(visit, row, at),
                                  .required = field->required,
                                  .readonly = field->kind == REGISTER_KEY && row->id,
                                  .type = field->kind == REGISTER_EMAIL ? "email" : "text",
                                  .max_length = is_list ? 0 : (int64_t)field->max,
                                  .lookup = lookup_of(field->kind),
                                  .rows = 4};
    if (field->kind == REGISTER_TYPE)
        fill_types(visit, row->values[at], &input->field);
    if (field->kind == REGISTER_PRICE) {
        input->field.inputmode = "decimal";
        input->field.value = price_text(visit, row->values[at]);
    }
    return field->kind != REGISTER_GROUP || fill_group(visit, row->values[at], &input->field, err);
}

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

static struct str with_query(struct visit *visit, const char *path, const char *name, struct str value)
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
    /* as it is stored, whatever a refused form holds */
    view->name = contact ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(row->values[1]), STR_FMT(row->values[2]))
                         : row->values[1];
    if (kind)
        view->new_case_url = with_query(visit, "/staff/cases/new", kind, row->number);
    if (reg == &object_register)
        view->tree_url = object_tree_path(visit->arena, row->number);
    if (contact && visit->staff.role == STAFF_ADMINISTRATOR)
        view->personal_url = register_path(visit->arena, reg, row->number, "/personal-data");
    if (view->login_name.n)
        view->look_url = with_query(visit, "/staff/view-as", "login", view->login_name);
    return register_belongs(visit, reg, row, view, err);
}

bool register_form_show(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                        struct register_form_view *view, struct err *err)
{
    struct register_input_view *inputs = ARENA_ARRAY(visit->arena, struct register_input_view, reg->field_count);
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, reg->field_count + 1);
    for (size_t i = 0; i < reg->field_count; i++) {
        if (!fill_input(visit, row, &reg->fields[i], i, &inputs[i], err))
            return false;
        fields[i] = inputs[i].field;
    }
    if (!fill_login(visit, reg, row, view, err) ||
        (reg == &contact_register && row->id && !notices_contact_part(visit, row->number, &view->mails, err)))
        return false;
    fields[reg->field_count] = view->login;
    view->inputs = inputs;
    view->fields = fields;
    view->count = reg->field_count;
    view->title =
        row->id ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(visit_tr(visit, reg->one)), STR_FMT(row->number))
                : visit_tr(visit, reg->new_one);
    view->list_url = arena_printf(visit->arena, "/staff/%s", reg->path);
    view->list_label = visit_tr(visit, reg->title);
    view->action = row->id ? register_path(visit->arena, reg, row->number, "")
                           : arena_printf(visit->arena, "/staff/%s/new", reg->path);
    if (!view->was.n)
        view->was = register_was(visit->arena, reg, row);
    if (row->id && !fill_links(visit, reg, row, view, err))
        return false;
    page_begin(visit, view->title);
    register_form_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool register_new_form(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row row = {.id = 0};
    struct register_form_view view = {.count = 0};
    for (size_t i = 0; i < reg->field_count; i++) {
        if (reg->fields[i].kind == REGISTER_ACTIVE)
            row.values[i] = STR("yes");
        struct str given = str_trim(http_param(&visit->request->query, reg->fields[i].name));
        if (given.n) /* from a page where one is missed: the address of an account, the object in the tree */
            row.values[i] = given;
    }
    if (!row.values[0].n && !register_next_number(visit, reg, &row.values[0], err))
        return false;
    return register_form_show(visit, reg, &row, &view, err);
}

bool register_row_form(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row row;
    struct register_form_view view = {.count = 0};
    return register_load(visit, reg, address_number(visit->arena, visit->path_value[0]), &row, err) &&
           register_form_show(visit, reg, &row, &view, err);
}

/* --- the login ------------------------------------------------------------------------------------------------------------------------------- */

static bool show_with_login_fault(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                                  const char *fault, struct err *err)
{
    struct register_form_view view = {.login = {.error = visit_tr(visit, fault)}};
    visit->response->status = 400;
    return register_form_show(visit, reg, row, &view, err);
}

bool register_login_send(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    const char *fault = NULL;
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
