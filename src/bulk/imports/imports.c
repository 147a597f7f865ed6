#include "bulk/imports/imports.h"

#include "bulk/imports/pages.h"

static const struct route ROUTES[] = {
    {"GET", "/staff/imports", imports_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/imports", imports_send, WHO_ADMINISTRATOR, ROUTE_IMPORTS},
    {"GET", "/staff/imports/{id}", import_page, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/imports/{id}/state", import_state, WHO_ADMINISTRATOR, ROUTE_QUIET},
    {"GET", "/staff/imports/{id}/problems.csv", import_problems_csv, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/imports/{id}/files", import_files_send, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/imports/{id}/columns/{file}", import_columns_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/imports/{id}/columns/{file}", import_columns_send, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/imports/{id}/answers", import_answers_send, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/imports/{id}/run", import_run_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/imports/{id}/undo", import_undo_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/imports/{id}/discard", import_discard_send, WHO_ADMINISTRATOR, 0},
};

static const struct feature_question QUESTIONS[] = {
    {.path = "/staff/imports/{id}/undo",
     .title = _("Undo import {1}?"),
     .text = _("What it added is removed, and what it changed gets its values from before back. To have it again, the"
               " files have to be sent again."),
     .button = _("Undo the import")},
    {.path = "/staff/imports/{id}/discard",
     .title = _("Discard import {1}?"),
     .text = _("Its files are deleted. Nothing has been imported from them."),
     .button = _("Discard")},
};

static const struct feature_menu MENU[] = {
    {"/staff/imports", _("Import"), "upload", WHO_ADMINISTRATOR, .order = 165},
};

const struct feature staff_imports_feature = {
    .name = "bulk/imports",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    FEATURE_QUESTIONS(QUESTIONS),
    .upkeep = imports_upkeep,
    .work = imports_work,
    .forget_contact = imports_forget_contact,
};
