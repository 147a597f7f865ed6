/* The data that the templates of this folder show. */
#pragma once

#include "model/config_draft.h"
#include "staff/config/settings.h"

struct difference_view {
    struct str setting, before, after; /* a value is empty when it is not set */
};

struct difference_table {
    const struct difference_view *rows;
    size_t count;
};

/* --- overview ----------------------------------------------------------------------------------------------------- */

struct overview_view {
    struct config_draft draft;
    struct str now; /* which version is in use, since when, and who published it */
    bool moved;     /* somebody published since the draft was begun */
    struct str updated;
    struct difference_table mine, theirs;
};

struct publish_view {
    struct config_draft draft;
    struct difference_table mine;
    struct str *warnings;
    size_t warning_count;
    struct str mark, refusal;
    struct field note;
};

/* --- pages that change the draft ---------------------------------------------------------------------------------- */

/* The part that these pages have in common. */
struct draft_page {
    struct config_draft draft;
    struct str title, intro, path, mark;
    struct str refusal;   /* why nothing was kept, besides faults of fields; or empty */
    struct field *fields; /* the inputs that may have faults */
    size_t field_count;
};

struct named_item {
    struct str name, label;
    struct field *position;
};

struct setting_item {
    const struct setting *setting;
    struct field *field; /* of a list it carries the fault of the list as a whole */
    struct str group;    /* not empty: a group with this heading begins here */
    struct named_item *names;
    size_t name_count;
};

struct settings_view {
    struct draft_page page;
    struct setting_item *items;
    size_t count;
    struct field remove; /* takes the logo away */
    struct str logo_url;
};

struct form_row {
    struct config_field field;
    struct str label, kind, url;
    struct field *position, *shown, required;
    int64_t number; /* 0: left out */
};

struct form_view {
    struct draft_page page;
    struct form_row *rows;
    size_t count;
    struct field *fresh; /* the inputs of a new extra field */
};
enum { FRESH_KEY, FRESH_LABEL, FRESH_KIND, FRESH_INPUTS };

enum {
    FIELD_LABEL_SV,
    FIELD_LABEL_EN,
    FIELD_HINT_SV,
    FIELD_HINT_EN,
    FIELD_DEFAULT,
    FIELD_KIND_OF,
    FIELD_CHOICES,
    FIELD_REQUIRED,
    FIELD_SHOWN,
    FIELD_INPUTS
};

struct field_view {
    struct draft_page page;
    struct config_field *fields; /* of the form, a copy of those of the draft */
    size_t count;
    struct config_field *field; /* the field of the page, one of them */
    struct str remove_path;
    bool held; /* cases have values of this extra field */
};

/* --- history ------------------------------------------------------------------------------------------------------ */

struct version_row {
    int64_t number, at;
    struct str who, note;
    struct str text; /* its settings; not read for the list */
};

struct history_view {
    const struct version_row *rows;
    size_t count;
    bool newest; /* the first row is the newest version */
    struct str older_url;
};

struct version_view {
    struct version_row version;
    struct str title, compared, newest;
    struct field with; /* the number of the version to compare with */
    struct difference_table table;
    bool current;
    struct str misfit; /* why this version cannot be published again */
};

/* --- import and preview ------------------------------------------------------------------------------------------- */

struct import_view {
    struct field file;
    struct config_faults faults;
    bool kept;
};

struct preview_view {
    struct field page, login;
};
