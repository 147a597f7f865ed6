#include "staff/config/config.h"

#include "staff/config/pages.h"

static const struct route ROUTES[] = {
    {"GET", "/staff/configuration", config_overview, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/discard", config_discard, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/rebase", config_rebase, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/publish", config_publish_page, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/configuration/publish", config_publish, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"GET", "/staff/configuration/look", config_settings_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/look", config_settings_send, WHO_ADMINISTRATOR, ROUTE_UPLOADS},
    {"GET", "/staff/configuration/logo", config_logo, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/access", config_settings_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/access", config_settings_send, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/answers", config_settings_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/answers", config_settings_send, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/mails", config_settings_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/mails", config_settings_send, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/form", config_form_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/form", config_form_send, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/form/add", config_form_add, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/form/{field}", config_field_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/form/{field}", config_field_send, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/form/{field}/remove", config_field_remove, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/search", config_settings_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/search", config_settings_send, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/actions", config_settings_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/actions", config_settings_send, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/history", config_history, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/history/{number}", config_version_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/history/{number}", config_version_restore, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"GET", "/staff/configuration/kundportal.ini", config_export, WHO_ADMINISTRATOR, ROUTE_WRITES},
    {"GET", "/staff/configuration/import", config_import_page, WHO_ADMINISTRATOR, 0},
    {"POST", "/staff/configuration/import", config_import_send, WHO_ADMINISTRATOR, ROUTE_UPLOADS},
    {"GET", "/staff/configuration/preview", config_preview_page, WHO_ADMINISTRATOR, 0},
    {"GET", "/staff/configuration/preview/{page}", config_preview_show, WHO_ADMINISTRATOR, ROUTE_WRITES},
};

static const struct feature_question QUESTIONS[] = {
    {.path = "/staff/configuration/discard",
     .title = _("Remove the draft?"),
     .text = _("All changes that are not published are lost."),
     .button = _("Remove the draft")},
    {.path = "/staff/configuration/form/{field}/remove",
     .title = _("Take the field out of the form?"),
     .text = _("Its label, hint and other settings are lost with it."),
     .button = _("Take the field out of the form")},
    {.path = "/staff/configuration/history/{number}",
     .title = _("Publish version {1} again?"),
     .text = _("It counts for everybody at once. Changes of yours that are not published are lost."),
     .button = _("Publish"),
     .more_parts = -1},
};

static const struct feature_menu MENU[] = {
    {"/staff/configuration", _("Configuration"), "settings", WHO_ADMINISTRATOR, .order = 175},
};

const struct feature staff_config_feature = {
    .name = "staff/config",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    FEATURE_QUESTIONS(QUESTIONS),
};
