#include "customer/files/files.h"

#include "customer/files/archive.h"
#include "customer/files/content.h"
#include "customer/files/list.h"

/* Contact logins without a contact get the page too; it explains why the list is empty. */
static const struct route ROUTES[] = {
    {"GET", "/files", files_page, WHO_CONTACT, ROUTE_FILES},
    {"GET", "/files.csv", files_csv, WHO_CONTACT, ROUTE_FILES},
    {"GET", "/files.xlsx", files_xlsx, WHO_CONTACT, ROUTE_FILES},
    {"GET", "/files.zip", files_zip, WHO_CONTACT, ROUTE_FILES},
    {"GET", "/files/{key}/{name}", file_get, WHO_CONTACT, ROUTE_FILES},
};

static const struct feature_menu MENU[] = {
    {"/files", _("Files"), "folder", WHO_CONTACT, 40, NULL},
};

const struct feature files_feature = {
    .name = "customer/files",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
    .menu = MENU,
    .menu_count = sizeof MENU / sizeof *MENU,
};
