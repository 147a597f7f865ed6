/* What the files of the settings share: the lines as read, the scalar keys, and how a fault is told. */
#ifndef KP_SERVICE_CONFIG_PARTS_H
#define KP_SERVICE_CONFIG_PARTS_H

#include "service/config.h"

/* One `key = value`, with where it stands. */
struct ini_entry {
    struct str section, key, value;
    struct str place; /* `kundportal.ini:12`, `KUNDPORTAL_LISTEN`, `--server.listen` */
    int line;
};

struct ini {
    struct ini_entry *entries;
    size_t count, cap;
};

/* Faults are gathered so that a consultant sees all of them at once. */
struct config_loading {
    struct arena *arena;
    struct config *config;
    struct ini ini;
    struct buf *report;           /* may be NULL */
    struct config_faults *faults; /* may be NULL */
    size_t fault_count;
    struct str first_fault;
    bool running; /* threads read the clock: the zone stays what it is */
};

/* What one round of reading takes. */
struct config_input {
    struct str file, text;
    struct str stored_place, stored; /* on top of the file */
    bool environment;                /* and of the command line */
    bool running;
    const struct config_override *overrides;
    size_t override_count;
};
bool config_build(struct arena *arena, const struct config_input *input, struct config *config, struct buf *report,
                  struct config_faults *faults, struct err *err) __attribute__((warn_unused_result));

/* config_load with the file already read. */
bool config_make(struct arena *arena, struct str file, struct str text, const struct config_override *overrides,
                 size_t count, struct config *config, struct buf *report, struct err *err)
    __attribute__((warn_unused_result));

/* Unknown sections and keys are faults. */
void config_refuse_unknown(struct config_loading *loading);
/* Reads settings of the portal on top of what was read: setting by setting, the form of a new case as a whole. */
void config_overlay(struct config_loading *loading, struct str place, struct str text);

/* Adds `PLACE: …` to the report. */
void config_fault(struct config_loading *loading, struct str place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Reads `[section]`, `key = value`, and comments (lines that begin with # or ;). A value in double quotes keeps its
 * blanks. Entries are kept in the order of the file, empty sections as an entry without key.
 */
void ini_parse(struct config_loading *loading, struct str file, struct str text);
void ini_add(struct config_loading *loading, struct ini_entry entry);
const struct ini_entry *ini_find(const struct ini *ini, const char *section, const char *key);

/* The scalar settings: defaults, file, environment, overrides, in that order. */
void config_keys_default(struct config_loading *loading);
void config_keys_environment(struct config_loading *loading);
void config_keys_apply(struct config_loading *loading);
/* Whether `section` and `key` are a scalar setting. */
bool config_key_known(struct str section, struct str key);
/* Whether a section holds settings of the portal; with a key, whether that setting is one. */
bool config_is_portal(struct str section, struct str key);
/* Copies the scalar settings of the portal. */
void config_keys_copy(const struct config *from, struct config *to);
/* Writes the scalar settings of a section that are the portal's. */
void config_keys_write(struct buf *out, const struct config *config, const char *section);
/* Only settings of the portal stay of what was read; the rest is counted. */
size_t ini_keep_portal(struct ini *ini);
/* `yes`/`no` and their like. */
bool config_bool(struct str value, bool *result);

/* Settings that depend on each other or on the machine: base URL, zone, colour, logo. */
void config_check(struct config_loading *loading);

/* [case_form], [field.NAME], [extra.KEY], and the lists of names. */
void config_form(struct config_loading *loading);
void config_lists(struct config_loading *loading);

#endif
