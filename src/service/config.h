/*
 * The settings of an installation, read once at start from kundportal.ini, the environment (KUNDPORTAL_…) and the command
 * line, the later winning. Unknown sections and keys are errors with file and line. docs/configuration.md lists all of them;
 * `kundportal check` verifies the file. Texts are owned by the arena given to config_load.
 */
#ifndef KP_SERVICE_CONFIG_H
#define KP_SERVICE_CONFIG_H

#include "access/visibility.h"
#include "i18n/i18n.h"

/* Standard fields in contract 3's names; extra fields follow with their `extra_KEY` names. */
enum field_kind {
    FIELD_TEXT,
    FIELD_MULTILINE,
    FIELD_NUMBER,
    FIELD_DATE,
    FIELD_CHOICE,
    FIELD_YES_NO,
    FIELD_PICKLIST,
    FIELD_CUSTOMER,
    FIELD_OBJECT
};

struct config_choice {
    struct str value;
    struct str label[LANG_COUNT];
};

struct config_field {
    struct str name; /* `title`, `extra_phone` */
    struct str key;  /* of an extra field: `phone`; else empty */
    enum field_kind kind;
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
    struct str name, logo, colour, contact_text[LANG_COUNT];
    struct str logo_path; /* resolved path of the logo file, empty: none */
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
    bool reject_specifications; /* domain 6: the customer may also say no, with a comment */
    /* [notifications] */
    bool notify[NOTICE_KINDS];
    int booking_wait_seconds;  /* 60 */
    struct str staff_new_case; /* addresses, blanks or commas between */
    /* where it came from */
    struct str file; /* empty: no file */
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

/* `path` empty: ./kundportal.ini when it exists. ERR_INVALID with `FILE:LINE: …` lines in *report (may be NULL). */
bool config_load(struct arena *arena, struct str path, const struct config_override *overrides, size_t count,
                 struct config *config, struct buf *report, struct err *err) __attribute__((warn_unused_result));

/* The media type of a logo by its content: SVG, PNG, JPEG or WebP; NULL for anything else. */
const char *config_logo_type(struct str bytes);

const struct config_field *config_field(const struct config *config, struct str name); /* NULL when not in the form */

#endif
