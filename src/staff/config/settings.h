/* The pages of settings, and the settings that are one value or a list of names. */
#pragma once

#include "portal/visit.h"

/* In the order of the overview. */
enum settings_page {
    SETTINGS_LOOK,
    SETTINGS_FORM,
    SETTINGS_SEARCH,
    SETTINGS_ACTIONS,
    SETTINGS_ACCESS,
    SETTINGS_ANSWERS,
    SETTINGS_MAILS
};
#define SETTINGS_PAGES (SETTINGS_MAILS + 1)

struct config_page {
    const char *path;
    const struct msgid *title;
    const struct msgid *text;  /* beside the title in the overview */
    const struct msgid *intro; /* or NULL */
};
extern const struct config_page CONFIG_PAGES[];

enum setting_kind {
    SETTING_TEXT,
    SETTING_COLOUR,
    SETTING_TOGGLE,
    SETTING_NUMBER,
    SETTING_PRICES,
    SETTING_LOGO,
    SETTING_NAMES /* names in an order: each has a number, or an empty number when it is left out */
};

struct setting {
    enum settings_page page;
    const char *section, *key;
    enum setting_kind kind;
    /* The legend of the fieldset, or NULL. Of a logo or a list it is the label among differences. */
    const struct msgid *group;
    const struct msgid *label, *hint;
    int max_length;
    const struct msgid *fault; /* says what the value must be */
};
extern const struct setting SETTINGS[];
extern const size_t setting_count;

/* Returns the label of a field, criterion or column; `extra_KEY` gets the label of the extra field. */
struct str name_label(const struct visit *visit, const struct config *config, struct str name);
/* Returns the label of the kind of a field of the form (msgid). */
const struct msgid *kind_label(enum field_kind kind);
/* Fills a field with the codes as options and selects its value. */
void codes_to_choose(struct visit *visit, const struct code_list *codes, struct field *field);
