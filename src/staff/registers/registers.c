#include "staff/registers/registers.h"

#include "staff/registers/internal.h"

/* The register stands in the address: `/staff/customers/NUMBER`. */
static const struct staff_register *register_of(const struct visit *visit)
{
    struct str rest = str_slice(visit->request->path, sizeof "/staff/" - 1, visit->request->path.n), name = STR_NONE;
    (void)str_cut(&rest, '/', &name);
    if (str_eqz(name, "lists")) /* `/staff/lists/customers` */
        (void)str_cut(&rest, '/', &name);
    ptrdiff_t dot = str_find_char(name, '.');
    return register_find(dot < 0 ? name : str_slice(name, 0, (size_t)dot));
}

static bool list(struct visit *visit, struct err *err)
{
    return register_list(visit, register_of(visit), err);
}

static bool csv(struct visit *visit, struct err *err)
{
    return register_export(visit, register_of(visit), true, err);
}

static bool xlsx(struct visit *visit, struct err *err)
{
    return register_export(visit, register_of(visit), false, err);
}

static bool columns_form(struct visit *visit, struct err *err)
{
    return register_columns_page(visit, register_of(visit), err);
}

static bool columns_send(struct visit *visit, struct err *err)
{
    return register_columns_send(visit, register_of(visit), err);
}

static bool new_form(struct visit *visit, struct err *err)
{
    return register_new_form(visit, register_of(visit), err);
}

static bool new_send(struct visit *visit, struct err *err)
{
    return register_new_send(visit, register_of(visit), err);
}

static bool form(struct visit *visit, struct err *err)
{
    return register_row_form(visit, register_of(visit), err);
}

static bool send(struct visit *visit, struct err *err)
{
    return register_row_send(visit, register_of(visit), err);
}

static bool login_send(struct visit *visit, struct err *err)
{
    return register_login_send(visit, register_of(visit), err);
}

static bool login_remove(struct visit *visit, struct err *err)
{
    return register_login_remove(visit, register_of(visit), err);
}

static const struct route ROUTES[] = {
    {"GET", "/staff/customers", list, WHO_STAFF, 0},
    {"GET", "/staff/customers.csv", csv, WHO_STAFF, 0},
    {"GET", "/staff/customers.xlsx", xlsx, WHO_STAFF, 0},
    {"GET", "/staff/lists/customers", columns_form, WHO_STAFF, 0},
    {"POST", "/staff/lists/customers", columns_send, WHO_STAFF, 0},
    {"GET", "/staff/customers/new", new_form, WHO_STAFF, 0},
    {"POST", "/staff/customers/new", new_send, WHO_STAFF, 0},
    {"GET", "/staff/customers/{number}", form, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}", send, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}/login", login_send, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}/login/remove", login_remove, WHO_STAFF, 0},
    {"GET", "/staff/objects", list, WHO_STAFF, 0},
    {"GET", "/staff/objects.csv", csv, WHO_STAFF, 0},
    {"GET", "/staff/objects.xlsx", xlsx, WHO_STAFF, 0},
    {"GET", "/staff/objects/tree", object_tree_page, WHO_STAFF, 0},
    {"GET", "/staff/lists/objects", columns_form, WHO_STAFF, 0},
    {"POST", "/staff/lists/objects", columns_send, WHO_STAFF, 0},
    {"GET", "/staff/objects/new", new_form, WHO_STAFF, 0},
    {"POST", "/staff/objects/new", new_send, WHO_STAFF, 0},
    {"GET", "/staff/objects/{number}", form, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}", send, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}/login", login_send, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}/login/remove", login_remove, WHO_STAFF, 0},
    {"GET", "/staff/contacts", list, WHO_STAFF, 0},
    {"GET", "/staff/contacts.csv", csv, WHO_STAFF, 0},
    {"GET", "/staff/contacts.xlsx", xlsx, WHO_STAFF, 0},
    {"GET", "/staff/lists/contacts", columns_form, WHO_STAFF, 0},
    {"POST", "/staff/lists/contacts", columns_send, WHO_STAFF, 0},
    {"GET", "/staff/contacts/new", new_form, WHO_STAFF, 0},
    {"POST", "/staff/contacts/new", new_send, WHO_STAFF, 0},
    {"GET", "/staff/contacts/{number}", form, WHO_STAFF, 0},
    {"POST", "/staff/contacts/{number}", send, WHO_STAFF, 0},
    {"GET", "/staff/articles", list, WHO_STAFF, 0},
    {"GET", "/staff/articles.csv", csv, WHO_STAFF, 0},
    {"GET", "/staff/articles.xlsx", xlsx, WHO_STAFF, 0},
    {"GET", "/staff/lists/articles", columns_form, WHO_STAFF, 0},
    {"POST", "/staff/lists/articles", columns_send, WHO_STAFF, 0},
    {"GET", "/staff/articles/new", new_form, WHO_STAFF, 0},
    {"POST", "/staff/articles/new", new_send, WHO_STAFF, 0},
    {"GET", "/staff/articles/{number}", form, WHO_STAFF, 0},
    {"POST", "/staff/articles/{number}", send, WHO_STAFF, 0},
};

static const struct feature_menu MENU[] = {
    {"/staff/customers", _("Customers"), "receipt", WHO_STAFF, 130, NULL},
    {"/staff/objects", _("Objects"), "folder", WHO_STAFF, 140, NULL},
    {"/staff/contacts", _("Contacts"), "circle-user", WHO_STAFF, 150, NULL},
    {"/staff/articles", _("Articles"), "package", WHO_STAFF, 155, NULL},
};

const struct feature staff_registers_feature = {
    .name = "staff/registers",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
    .menu = MENU,
    .menu_count = sizeof MENU / sizeof *MENU,
};
