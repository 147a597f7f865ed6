/* The settings as the pages show them: their labels, their limits, and their values as text. */
#pragma once

#include "portal/visit.h"
#include "staff/config/views.h"

enum setting_kind { SETTING_TEXT, SETTING_COLOUR, SETTING_TOGGLE, SETTING_NUMBER, SETTING_PRICES };
enum setting_page { SETTINGS_LOOK, SETTINGS_ACCESS, SETTINGS_ANSWERS, SETTINGS_MAILS, SETTINGS_ACTIONS };

/* A setting that is a single value, not a list. All texts are msgids. */
struct setting {
    enum setting_page page;
    const char *section, *key;
    enum setting_kind kind;
    const struct msgid *group, *label, *hint; /* group: the legend of the fieldset, or NULL */
    int max_length;
    const struct msgid *fault; /* the error message, which says what the value must be */
};
extern const struct setting settings[];
extern const size_t setting_count;

/* Returns the setting's value in `config`, as a settings file has it. */
struct str setting_value(struct visit *visit, const struct setting *setting, const struct config *config);
/* Returns the label of a field, criterion or column; `extra_KEY` gets the label of the extra field. */
struct str name_label(const struct visit *visit, const struct config *config, struct str name);
/* Returns the label of a kind of extra field (msgid). */
const struct msgid *kind_label(enum field_kind kind);
const struct msgid *price_label(enum price_rule rule);

/*
 * Fills the table with the settings that differ between two texts made by config_text, with labels. A field gets its
 * label from `after`, or from `before` when `after` does not have the field.
 */
void differences_told(struct visit *visit, struct str before, struct str after, struct difference_table *table);
/* Returns the differences as text for the audit: with code names instead of labels, and long values cut. */
struct str differences_brief(struct visit *visit, struct str before, struct str after);
