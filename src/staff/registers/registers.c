#include "staff/registers/registers.h"

#include "lists/list.h"
#include "staff/registers/internal.h"

LIST_HANDLERS_STAFF(customers, customers_list)
LIST_HANDLERS_STAFF(objects, objects_list)
LIST_HANDLERS_STAFF(contacts, contacts_list)
LIST_HANDLERS_STAFF(articles, articles_list)

static const struct route ROUTES[] = {
    {"GET", "/staff/customers", customers_page, WHO_STAFF, 0},
    {"GET", "/staff/customers.csv", customers_csv, WHO_STAFF, 0},
    {"GET", "/staff/customers.xlsx", customers_xlsx, WHO_STAFF, 0},
    {"GET", "/staff/lists/customers", customers_columns_page, WHO_STAFF, 0},
    {"POST", "/staff/lists/customers", customers_columns_send, WHO_STAFF, 0},
    {"GET", "/staff/customers/new", register_new_form, WHO_STAFF, 0},
    {"POST", "/staff/customers/new", register_new_send, WHO_STAFF, 0},
    {"GET", "/staff/customers/{number}", register_row_form, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}", register_row_send, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}/login", register_login_send, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}/login/remove", register_login_remove, WHO_STAFF, 0},
    {"GET", "/staff/objects", objects_page, WHO_STAFF, 0},
    {"GET", "/staff/objects.csv", objects_csv, WHO_STAFF, 0},
    {"GET", "/staff/objects.xlsx", objects_xlsx, WHO_STAFF, 0},
    {"GET", "/staff/objects/tree", object_tree_page, WHO_STAFF, 0},
    {"GET", "/staff/lists/objects", objects_columns_page, WHO_STAFF, 0},
    {"POST", "/staff/lists/objects", objects_columns_send, WHO_STAFF, 0},
    {"GET", "/staff/objects/new", register_new_form, WHO_STAFF, 0},
    {"POST", "/staff/objects/new", register_new_send, WHO_STAFF, 0},
    {"GET", "/staff/objects/{number}", register_row_form, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}", register_row_send, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}/login", register_login_send, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}/login/remove", register_login_remove, WHO_STAFF, 0},
    {"GET", "/staff/contacts", contacts_page, WHO_STAFF, 0},
    {"GET", "/staff/contacts.csv", contacts_csv, WHO_STAFF, 0},
    {"GET", "/staff/contacts.xlsx", contacts_xlsx, WHO_STAFF, 0},
    {"GET", "/staff/lists/contacts", contacts_columns_page, WHO_STAFF, 0},
    {"POST", "/staff/lists/contacts", contacts_columns_send, WHO_STAFF, 0},
    {"GET", "/staff/contacts/new", register_new_form, WHO_STAFF, 0},
    {"POST", "/staff/contacts/new", register_new_send, WHO_STAFF, 0},
    {"GET", "/staff/contacts/{number}", register_row_form, WHO_STAFF, 0},
    {"POST", "/staff/contacts/{number}", register_row_send, WHO_STAFF, 0},
    {"GET", "/staff/articles", articles_page, WHO_STAFF, 0},
    {"GET", "/staff/articles.csv", articles_csv, WHO_STAFF, 0},
    {"GET", "/staff/articles.xlsx", articles_xlsx, WHO_STAFF, 0},
    {"GET", "/staff/lists/articles", articles_columns_page, WHO_STAFF, 0},
    {"POST", "/staff/lists/articles", articles_columns_send, WHO_STAFF, 0},
    {"GET", "/staff/articles/new", register_new_form, WHO_STAFF, 0},
    {"POST", "/staff/articles/new", register_new_send, WHO_STAFF, 0},
    {"GET", "/staff/articles/{number}", register_row_form, WHO_STAFF, 0},
    {"POST", "/staff/articles/{number}", register_row_send, WHO_STAFF, 0},
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
