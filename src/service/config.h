/*
 * The settings of an installation. They come from kundportal.ini, from what administrators configured in the browser
 * (config_versions.h), from the environment (KUNDPORTAL_…) and from the command line; a later source overrides an
 * earlier one. Unknown sections and keys are errors with file and line. docs/configuration.md lists all settings;
 * `kundportal check` verifies them. The arena given to config_load owns all texts.
 */
#pragma once

#include "access/visibility.h"
#include "model/field.h"
#include "service/store.h"

/* Names of criteria or columns, in their order. */
struct config_names {
    const struct str *items;
    size_t count;
};

struct config_choice {
    struct str value;
    struct str label[LANG_COUNT];
};

/* A field of the case form. Standard fields have the names of contract 3; extra fields are named `extra_KEY`. */
struct config_field {
    struct str name; /* `title`, `extra_phone` */
    struct str key;  /* the key of an extra field: `phone`; else empty */
    /* The rule of a standard field comes from model/case_fields.h, the rule of an extra field from its settings. */
    struct entity_field rule;
    struct str label[LANG_COUNT]; /* empty: the standard text of the field */
    struct str hint[LANG_COUNT];
    struct str value; /* default */
    bool required, readonly, hidden;
    const struct config_choice *choices;
    size_t choice_count;
};

/* The events about which customers get a mail. Their order is that of the bits in mails_off: add at the end. */
enum notice_kind { NOTICE_RECEIPT, NOTICE_BOOKING, NOTICE_FINISH, NOTICE_MESSAGE, NOTICE_SPECIFICATION, NOTICE_KINDS };

struct config {
    /* [server] */
    struct str listen, base_url; /* base_url without a slash at its end */
    bool https;                  /* base_url is https */
    bool allow_public;
    struct str trusted_proxy;
    struct str metrics_from; /* `loopback` or `any` */
    struct str log_file;
    /* [database], [data] */
    struct str database;
    struct str data;
    int connections;
    /* [portal] */
    struct str name, logo, colour, contact_text[LANG_COUNT]; /* logo: a path, or a `data:` address */
    struct str logo_bytes;                                   /* its content; empty: no logo */
    struct str phone, emergency_phone;                       /* of the company; empty: none is shown */
    struct str time_zone;
    enum lang language;      /* if neither user nor browser asks for a language */
    enum lang data_language; /* in which people of the installation write titles, descriptions, names of things */
    /* [login] */
    bool registration;
    bool refuse_nordic_letters; /* domain 3.1: no å ä ö in passwords */
    int password_min;           /* characters */
    int session_idle_minutes;   /* 480 */
    int session_days;           /* 30 */
    int hash_memory_kib;        /* 19,456; Argon2id */
    int hash_passes;            /* 2 */
    /* [staff] */
    int staff_idle_minutes;   /* 60 */
    int staff_hours;          /* 12 */
    int staff_fresh_minutes;  /* 10 */
    bool staff_second_factor; /* handlers need it too; administrators always do */
    /* [mail] */
    struct str smtp_url; /* smtp://host:587, smtps://…; empty: files under DATA/mail */
    struct str smtp_user, smtp_password, mail_from;
    /* [attachments] */
    struct store_rules attachments; /* 25 MiB, films 100 MiB */
    int attachment_count;           /* 10 */
    /* [imports] */
    int64_t import_bytes; /* 256 MiB, for one file sent to the staff area */
    /* [pages]: which pages the portal has; [logins]: who may log in */
    bool page_new_case, page_actions, page_invoices, page_files, page_dashboards;
    bool login_contact, login_customer, login_object;
    /* [dashboards] */
    int dashboard_months; /* months shown at first: 3 */
    /* [case_form]: standard and extra fields in their order */
    const struct config_field *fields;
    size_t field_count;
    /* [case_search] */
    struct config_names criteria, columns;
    /* [cases] */
    bool show_cancelled; /* customers see cancelled cases and work orders */
    int booking_minutes; /* 60: how long a booking without an end takes */
    /* [actions] */
    struct config_names action_columns;
    enum price_rule prices;
    /* [limits]: what one login may cause */
    int cases_per_hour, unlinked_cases_per_hour;                 /* 10000, 50 */
    int64_t upload_bytes_per_day, unlinked_upload_bytes_per_day; /* 5 GiB, 1 GiB */
    int64_t draft_bytes_per_day;                                 /* 100 MiB */
    int exports_per_hour;                                        /* 10000 */
    /* [invoices] */
    bool reject_specifications; /* domain 6: the customer may also reject */
    bool reject_comment;        /* and must then give a reason */
    /* [notifications] */
    bool notify[NOTICE_KINDS];
    int booking_wait_seconds;                  /* 60 */
    int reminder_days;                         /* 7: after which a specification is recalled; 0: never */
    bool message_text;                         /* mails have the text of the message */
    bool staff_names;                          /* customers see who of the staff wrote */
    struct str staff_new_case, staff_decision; /* addresses, separated by blanks or commas */
    /* the origin of the settings */
    struct str file;                    /* empty: no file */
    const struct config_source *source; /* what config_with reads again */
};

/* The highest number of files in one import. */
#define IMPORT_FILES_MAX 16

/* The place of a fault in a command-line override: the fault's text begins with it. */
#define CONFIG_COMMAND_LINE "command line"
/* One override from the command line: `--base-url X` is {"server.base_url", X}. */
struct config_override {
    const char *key;
    struct str value;
};

/* The sources of the settings; it lives as long as the settings. */
struct config_source {
    struct str file, text;
    const struct config_override *overrides;
    size_t override_count;
};

/*
 * Loads the settings. If `path` is empty, it reads ./kundportal.ini when that exists. Faults: ERR_INVALID, with
 * `FILE:LINE: …` lines in *report (may be NULL).
 */
MUST_CHECK bool config_load(struct arena *arena, struct str path, const struct config_override *overrides, size_t count,
                            struct config *config, struct buf *report, struct err *err);

/* --- the settings of the portal, which administrators change in the browser --------------------------------------- */

/* A fault and its setting; section and key are empty if the fault belongs to no single setting. */
struct config_fault_at {
    struct str section, key;
    struct str text; /* for operators, in English */
};

struct config_faults {
    struct config_fault_at *items;
    size_t count, cap;
};

/*
 * Makes the settings of `base` again with new settings of the portal: first from the file of `base`, then from `stored`
 * (text as config_text writes it; all settings or some), then, if `environment`, from the environment and the command
 * line, which override both. A text with any setting that is not the portal's is refused. Safe while other threads read
 * settings. Faults: ERR_INVALID; `faults` may be NULL.
 */
MUST_CHECK bool config_with(struct arena *arena, const struct config *base, struct str stored, bool environment,
                            struct config *config, struct config_faults *faults, struct err *err);
/* Returns all settings of the portal as text, from which config_with makes the same settings again. */
struct str config_text(struct arena *arena, const struct config *config);
/*
 * Puts the settings of the portal in a settings file on top of `onto`, a text for config_with. The form in the file
 * replaces the form in `onto` as a whole. Settings that are not the portal's are left out; *left_out counts them.
 * Faults as above, with `FILE:LINE` in their texts.
 */
MUST_CHECK bool config_import(struct arena *arena, const struct config *base, struct str onto, struct str file,
                              struct str text, struct config *config, size_t *left_out, struct config_faults *faults,
                              struct err *err);
/* Returns the environment variable that fixes a setting of the portal; empty: no variable does. */
struct str config_fixed_by(struct arena *arena, struct str section, struct str key);

struct config_difference {
    struct str section, key;
    struct str before, after; /* empty: not set */
};
/* Returns the number of differences between two texts of config_text, in the order in which they are written. */
size_t config_differences(struct arena *arena, struct str before, struct str after,
                          struct config_difference **differences);

/* Says whether a section belongs to the form of a new case. */
bool config_is_form(struct str section);
/* Appends `key = value`, quoted if reading it back would lose something. The value is one line. */
void config_write_line(struct buf *out, const char *key, struct str value);
/* Splits the text at `separator`; trims the parts and leaves out empty ones. */
size_t config_split(struct arena *arena, struct str text, char separator, struct str **parts);
/* Returns names as the value of a setting: `title, type`. */
struct str config_join(struct arena *arena, const struct str *names, size_t count);

/* --- parts -------------------------------------------------------------------------------------------------------- */

#define CONFIG_LOGO_BYTES (512 * 1024)
#define CONFIG_FIELDS_MAX 60
/* Returns the standard field of the form at a position from 0; NULL after the last. */
const struct entity_field *config_standard_field(size_t at);
/* Returns the names that a list of names may have, one after the other; empty after the last. */
struct str config_known_name(const struct config *config, struct str section, struct str key, size_t at);
/* Returns a setting of the portal that is one value or a list of names, as a settings file has it. */
struct str config_value(struct arena *arena, const struct config *config, struct str section, struct str key);
extern const struct code_list config_kinds; /* of extra fields: `text`, `multiline`, …; the position is the kind */
extern const struct code_list price_rules;  /* `customer`, `always`, `never` */
/* Returns the content of a logo as `data:TYPE;base64,…`. */
struct str config_logo_data(struct arena *arena, struct str bytes);
/* Returns the media type of a logo by its content: SVG, PNG, JPEG or WebP; NULL for anything else. */
const char *config_logo_type(struct str bytes);

/* Returns a field of the form by its name; NULL if the form has no such field. */
const struct config_field *config_field(const struct config *config, struct str name);
/*
 * Returns the value of an extra field as people read it: the label of a choice, or yes or no. field NULL: it is not
 * configured any more.
 */
struct str config_extra_text(const struct config_field *field, enum lang lang, struct str value);
