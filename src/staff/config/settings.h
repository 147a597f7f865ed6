/* The settings as people read them: their names, what they may be, and how a value is told. */
#ifndef KP_STAFF_CONFIG_SETTINGS_H
#define KP_STAFF_CONFIG_SETTINGS_H

#include "portal/visit.h"
#include "staff/config/views.h"

enum setting_kind { SETTING_TEXT, SETTING_COLOUR, SETTING_TOGGLE, SETTING_NUMBER, SETTING_PRICES };
enum setting_page { SETTINGS_LOOK, SETTINGS_ACCESS, SETTINGS_ANSWERS, SETTINGS_MAILS, SETTINGS_ACTIONS };

/* One that is a value and no list. All texts are msgids. */
struct setting {
    enum setting_page page;
    const char *section, *key;
    enum setting_kind kind;
    const char *group, *label, *hint; /* group: of a fieldset, NULL: none */
    int max_length;
    const char *fault; /* what it must be */
};
extern const struct setting settings[];
extern const size_t setting_count;

/* Its value in these settings, as the file has it. */
struct str setting_value(struct visit *visit, const struct setting *setting, const struct config *config);
/* The name of a field, criterion or column as it stands on the page; `extra_KEY` by its label. */
struct str name_label(const struct visit *visit, const struct config *config, struct str name);
/* What kinds of extra fields are called, a msgid. */
const char *kind_label(enum field_kind kind);
const char *price_label(enum price_rule rule);

/* What differs between two texts of config_text, told to people; labels of fields are those of either. */
void differences_told(struct visit *visit, struct str before, struct str after, struct difference_table *table);
/* The same for the audit, in code names, cut where it is long. */
struct str differences_brief(struct visit *visit, struct str before, struct str after);

#endif
