/*
 * The settings of an installation: kundportal.ini, what administrators configured in the browser (config_versions.h),
 * the environment (KUNDPORTAL_…) and the command line, the later winning. Unknown sections and keys are errors with
 * file and line. docs/configuration.md lists all of them; `kundportal check` verifies them. Texts are owned by the
 * arena given to config_load.
 */
#ifndef KP_SERVICE_CONFIG_H
#define KP_SERVICE_CONFIG_H

#include "access/visibility.h"
#include "model/field.h"

struct config_choice {
    struct str value;
    struct str label[LANG_COUNT];
};

/* Standard fields have contract 3's names; extra fields follow with their `extra_KEY` names. */
struct config_field {
    struct str name; /* `title`, `extra_phone` */
    struct str key;  /* of an extra field: `phone`; else empty */
    /* As the table has it (model/case_fields.h); of an extra field made from its settings. */
    struct entity_field rule;
    struct str label[LANG_COUNT]; /* empty: the standard text of the field */
    struct str hint[LANG_COUNT];
    struct str value; /* default */
    bool required, readonly, hidden;
    const struct config_choice *choices;
    size_t choice_count;
};

/* What customers are mailed about a case. */
enum notice_kind { NOTICE_RECEIPT, NOTICE_BOOKING, NOTICE_FINISH, NOTICE_MESSAGE, NOTICE_KINDS };

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
    struct str logo_bytes;                                   /* its content, empty: none */
    struct str time_zone;
    enum lang language; /* when neither user nor browser asks for one */
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
    bool staff_second_factor; /* of handlers too; administrators always */
    /* [mail] */
    struct str smtp_url; /* smtp://host:587, smtps://…; empty: files under DATA/mail */
    struct str smtp_user, smtp_password, mail_from;
    /* [attachments] */
    int64_t attachment_bytes; /* 10 MiB */
    int attachment_count;     /* 10 */
    /* [imports] */
    int64_t import_bytes; /* 256 MiB, of one file sent to the staff area */
    /* [pages]: what the portal has; [logins]: who may log in */
    bool page_new_case, page_actions, page_invoices, page_files, page_dashboards;
    bool login_contact, login_customer, login_object;
    /* [dashboards] */
    int dashboard_months; /* the time they show at first: 3 */
    /* [case_form]: fields in their order, standard and extra */
    const struct config_field *fields;
    size_t field_count;
    /* [case_search]: names of criteria and columns in their order */
    const struct str *criteria;
    size_t criterion_count;
    const struct str *columns;
    size_t column_count;
    /* [actions] */
    const struct str *action_columns;
    size_t action_column_count;
    enum price_rule prices;
    /* [invoices] */
    bool reject_specifications; /* domain 6: the customer may also say no */
    bool reject_comment;        /* and must then say why */
    /* [notifications] */
    bool notify[NOTICE_KINDS];
    int booking_wait_seconds;  /* 60 */
    struct str staff_new_case; /* addresses, blanks or commas between */
    /* where it came from */
    struct str file;                    /* empty: no file */
    const struct config_source *source; /* what config_with begins anew from */
};

/* So many files are sent for one import at most. */
#define IMPORT_FILES_MAX 16

/* How a fault begins that lies in an override. */
#define CONFIG_COMMAND_LINE "command line"
/* One override from the command line: `--base-url X` is {"server.base_url", X}. */
struct config_override {
    const char *key;
    struct str value;
};

/* What the settings were made from; lives as long as they do. */
struct config_source {
    struct str file, text;
    const struct config_override *overrides;
    size_t override_count;
};

/* `path` empty: ./kundportal.ini when it exists. ERR_INVALID with `FILE:LINE: …` lines in *report (may be NULL). */
bool config_load(struct arena *arena, struct str path, const struct config_override *overrides, size_t count,
                 struct config *config, struct buf *report, struct err *err) __attribute__((warn_unused_result));

/* --- the settings of the portal, which administrators change in the browser --------------------------------------- */

/* What is wrong, and of which setting; section and key are empty when it is none in particular. */
struct config_fault_at {
    struct str section, key;
    struct str text; /* for operators, in English */
};

struct config_faults {
    struct config_fault_at *items;
    size_t count, cap;
};

/*
 * The settings of `base` with those of the portal made anew: its file, then `stored` (text as config_text writes it;
 * all or some), then, when `environment`, what wins over both. A text that sets anything else than the portal's
 * settings is refused. Safe while other threads read settings. ERR_INVALID; faults may be NULL.
 */
bool config_with(struct arena *arena, const struct config *base, struct str stored, bool environment,
                 struct config *config, struct config_faults *faults, struct err *err)
    __attribute__((warn_unused_result));
/* All settings of the portal as text: config_with makes the same settings of it again. */
struct str config_text(struct arena *arena, const struct config *config);
/*
 * The settings of the portal that a settings file holds, as text for config_with on top of `onto`: its form replaces
 * the form there as a whole. Settings of other kinds are left out; *left_out tells how many. Faults as above,
 * `FILE:LINE` in their texts.
 */
bool config_import(struct arena *arena, const struct config *base, struct str onto, struct str file, struct str text,
                   struct config *config, size_t *left_out, struct config_faults *faults, struct err *err)
    __attribute__((warn_unused_result));
/* The environment variable that fixes a setting of the portal, empty: none. */
struct str config_fixed_by(struct arena *arena, struct str section, struct str key);

struct config_difference {
    struct str section, key;
    struct str before, after; /* empty: not set */
};
/* How two texts of config_text differ, in the order in which they are written. */
size_t config_differences(struct arena *arena, struct str before, struct str after,
                          struct config_difference **differences);

/* Whether a section describes the form of a new case. */
bool config_is_form(struct str section);
/* `key = value`, quoted where reading would take something away. The value is one line. */
void config_write_line(struct buf *out, const char *key, struct str value);
/* Splits at `separator`, trimmed, empty parts left out. */
size_t config_split(struct arena *arena, struct str text, char separator, struct str **parts);

/* --- parts -------------------------------------------------------------------------------------------------------- */

#define CONFIG_LOGO_BYTES (512 * 1024)
#define CONFIG_FIELDS_MAX 60
/* The standard fields of the form in their order, by position from 0; NULL after the last. */
const struct entity_field *config_standard_field(size_t at);
/* Names of criteria and columns; NULL after the last. */
const char *const *config_criteria_known(void);
const char *const *config_columns_known(void);
const char *const *config_action_columns_known(void);
/* `text`, `multiline`, … of an extra field; NULL after the last. */
const char *const *config_kinds(void);
const char *config_kind_name(enum field_kind kind);
/* `customer`, `always`, `never` */
const char *config_price_name(enum price_rule rule);
/* `data:TYPE;base64,…` of a logo's content. */
struct str config_logo_data(struct arena *arena, struct str bytes);
/* The media type of a logo by its content: SVG, PNG, JPEG or WebP; NULL for anything else. */
const char *config_logo_type(struct str bytes);

const struct config_field *config_field(const struct config *config, struct str name); /* NULL when not in the form */

#endif
