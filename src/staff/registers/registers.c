#include "staff/registers/registers.h"

#include "lists/list.h"
#include "staff/registers/internal.h"

LIST_HANDLERS_STAFF(customers, customers_list)
LIST_HANDLERS_STAFF(objects, objects_list)
LIST_HANDLERS_STAFF(contacts, contacts_list)
LIST_HANDLERS_STAFF(articles, articles_list)

static const struct route ROUTES[] = {
    LIST_ROUTES_STAFF(customers, "customers", WHO_STAFF),
    {"GET", "/staff/customers/new", register_new_form, WHO_STAFF, 0},
    {"POST", "/staff/customers/new", register_new_send, WHO_STAFF, 0},
    {"GET", "/staff/customers/{number}", register_row_form, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}", register_row_send, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}/login", register_login_send, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}/login/remove", register_login_remove, WHO_STAFF, 0},
    LIST_ROUTES_STAFF(objects, "objects", WHO_STAFF),
    {"GET", "/staff/objects/tree", object_tree_page, WHO_STAFF, 0},
    {"GET", "/staff/objects/new", register_new_form, WHO_STAFF, 0},
    {"POST", "/staff/objects/new", register_new_send, WHO_STAFF, 0},
    {"GET", "/staff/objects/{number}", register_row_form, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}", register_row_send, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}/login", register_login_send, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}/login/remove", register_login_remove, WHO_STAFF, 0},
    LIST_ROUTES_STAFF(contacts, "contacts", WHO_STAFF),
    {"GET", "/staff/contacts/new", register_new_form, WHO_STAFF, 0},
    {"POST", "/staff/contacts/new", register_new_send, WHO_STAFF, 0},
    {"GET", "/staff/contacts/{number}", register_row_form, WHO_STAFF, 0},
    {"POST", "/staff/contacts/{number}", register_row_send, WHO_STAFF, 0},
    LIST_ROUTES_STAFF(articles, "articles", WHO_STAFF),
    {"GET", "/staff/articles/new", register_new_form, WHO_STAFF, 0},
    {"POST", "/staff/articles/new", register_new_send, WHO_STAFF, 0},
    {"GET", "/staff/articles/{number}", register_row_form, WHO_STAFF, 0},
    {"POST", "/staff/articles/{number}", register_row_send, WHO_STAFF, 0},
};

#define LOGIN_REMOVED                                                                                                  \
    _("All who use it are logged out, and nobody can log in with it any more. Its password cannot be brought back.")

static const struct feature_question QUESTIONS[] = {
    {.path = "/staff/customers/{number}/login/remove",
     .title = _("Remove the login of customer {1}?"),
     .text = LOGIN_REMOVED,
     .button = _("Remove the login"),
     .more_parts = 1},
    {.path = "/staff/objects/{number}/login/remove",
     .title = _("Remove the login of object {1}?"),
     .text = LOGIN_REMOVED,
     .button = _("Remove the login"),
     .more_parts = 1},
};

static const struct feature_menu MENU[] = {
    {"/staff/customers", _("Customers"), "receipt", WHO_STAFF, .order = 130},
    {"/staff/objects", _("Objects"), "folder", WHO_STAFF, .order = 140},
    {"/staff/contacts", _("Contacts"), "circle-user", WHO_STAFF, .order = 150},
    {"/staff/articles", _("Articles"), "package", WHO_STAFF, .order = 155},
};

const struct feature staff_registers_feature = {
    .name = "staff/registers",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    FEATURE_QUESTIONS(QUESTIONS),
};
