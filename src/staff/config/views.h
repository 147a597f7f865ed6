/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct difference_view {
    struct str setting, before, after; /* a value is empty when it is not set */
};

struct difference_table {
    const struct difference_view *rows;
    size_t count;
};

/* --- overview ----------------------------------------------------------------------------------------------------- */

struct config_section_view {
    struct str url, title, text;
};

struct overview_view {
    struct str now; /* which version is in use, since when, and who published it */
    const struct config_section_view *sections;
    size_t section_count;
    bool kept, lost, moved;
    struct str updated;
    struct difference_table mine, theirs;
    struct str theirs_title;
};

struct publish_view {
    struct difference_table mine;
    const struct str *warnings;
    size_t warning_count;
    struct str mark, refusal;
    struct field note;
};

/* --- pages of settings -------------------------------------------------------------------------------------------- */

enum setting_control { CONTROL_INPUT, CONTROL_BOX, CONTROL_CHOICE };

struct setting_view {
    enum setting_control control;
    struct field field;
    struct str group; /* not empty: a fieldset with this legend begins here */
    bool group_ends;
};

struct settings_view {
    struct str title, intro, path, mark, refusal;
    const struct setting_view *items;
    size_t count;
    const struct field *fields; /* all fields that may have faults, for the summary */
    size_t field_count;
    bool logo; /* the page also has the upload of a logo */
    bool has_logo;
    struct field upload, remove;
    bool logo_fixed;
    struct str logo_url;
};

/* --- lists of names ----------------------------------------------------------------------------------------------- */

struct named_view {
    struct str name, label;
    struct field position;
};

struct names_view {
    struct str title, id, hint;
    struct field all; /* carries the fault of the list as a whole */
    const struct named_view *items;
    size_t count;
};

struct lists_view {
    struct str title, intro, path, mark, refusal;
    const struct names_view *lists;
    size_t count;
    bool has_prices;
    struct field prices;
    const struct field *fields;
    size_t field_count;
};

/* --- the form of a new case --------------------------------------------------------------------------------------- */

struct form_row_view {
    struct str name, label, kind, url;
    bool extra;
    struct field position, required, shown;
};

struct form_view {
    struct str mark, refusal;
    const struct form_row_view *rows;
    size_t count;
    struct field key, label, kind; /* the inputs of a new extra field */
    const struct field *fields;
    size_t field_count;
};

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

struct form_field_view {
    struct str title, path, mark, refusal, remove_path;
    struct str held; /* says how many cases have a value for this extra field */
    bool extra, has_default;
    struct field inputs[FIELD_INPUTS];
};

/* --- history ------------------------------------------------------------------------------------------------------ */

struct version_row_view {
    struct str number, url, at, machine, who, note;
    bool current;
};

struct history_view {
    const struct version_row_view *rows;
    size_t count;
    struct str older_url;
};

struct version_view {
    struct str title, path, note, compared, mark;
    struct field with;
    struct difference_table table;
    bool current;
    struct str misfit; /* why this version cannot be published again */
};

/* --- import and preview ------------------------------------------------------------------------------------------- */

struct import_view {
    struct field file;
    const struct str *faults;
    size_t fault_count;
    bool kept;
};

struct preview_view {
    struct field page, login;
};
