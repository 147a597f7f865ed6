#include "staff/files/files.h"

#include "lists/list.h"
#include "staff/files/internal.h"

LIST_HANDLERS_STAFF(staff_files, staff_files_list)

static const struct route ROUTES[] = {
    LIST_ROUTES_STAFF(staff_files, "files", WHO_STAFF),
    {"GET", "/staff/customers/{number}/files", staff_files_of_page, WHO_STAFF, 0},
    {"POST", "/staff/customers/{number}/files", staff_files_of_send, WHO_STAFF, ROUTE_UPLOADS},
    {"GET", "/staff/objects/{number}/files", staff_files_of_page, WHO_STAFF, 0},
    {"POST", "/staff/objects/{number}/files", staff_files_of_send, WHO_STAFF, ROUTE_UPLOADS},
    {"GET", "/staff/cases/{number}/files", staff_files_of_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/files", staff_files_of_send, WHO_STAFF, ROUTE_UPLOADS},
    {"GET", "/staff/files/{id}", staff_file_page, WHO_STAFF, 0},
    {"POST", "/staff/files/{id}", staff_file_send, WHO_STAFF, 0},
    {"GET", "/staff/files/{id}/remove", staff_file_remove_page, WHO_STAFF, 0},
    {"POST", "/staff/files/{id}/remove", staff_file_remove_send, WHO_STAFF, 0},
    {"GET", "/staff/files/{id}/content/{name}", staff_file_content, WHO_STAFF, 0},
};

static const struct feature_menu MENU[] = {
    {"/staff/files", _("Files"), "paperclip", WHO_STAFF, .order = 157},
};

const struct feature staff_files_feature = {
    .name = "staff/files",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
};
