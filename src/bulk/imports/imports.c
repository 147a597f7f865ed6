#include "bulk/imports/imports.h"

#include "bulk/imports/pages.h"

static const struct route ROUTES[] = {
    {"GET", "/staff/imports", imports_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/imports", imports_send, WHO_ADMINISTRATOR, ROUTE_IMPORTS},
    {"GET", "/staff/imports/{id}", import_page, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/imports/{id}/state", import_state, WHO_ADMINISTRATOR, ROUTE_QUIET},
    {"GET", "/staff/imports/{id}/problems.csv", import_problems_csv, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/imports/{id}/files", import_files_send, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/imports/{id}/run", import_run_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/imports/{id}/undo", import_undo_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/imports/{id}/discard", import_discard_send, WHO_ADMINISTRATOR, 0},
};

static const struct feature_menu MENU[] = {
    {"/staff/imports", _("Import"), "upload", WHO_ADMINISTRATOR, .order = 165},
};

const struct feature staff_imports_feature = {
    .name = "bulk/imports",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    .upkeep = imports_upkeep,
    .work = imports_work,
    .forget_contact = imports_forget_contact,
};
