/* Shared by the config*.c files: the lines that were read, the scalar keys, and the reporting of faults. */
#pragma once

#include "service/config.h"

/* One `key = value` and the place where it stands. */
struct ini_entry {
    struct str section, key, value;
    struct str place; /* `kundportal.ini:12`, `KUNDPORTAL_LISTEN`, `--server.listen` */
    int line;
};

struct ini {
    struct ini_entry *entries;
    size_t count, cap;
};

/* One run of loading. It collects all faults, so that a consultant sees them all at once. */
struct config_loading {
    struct arena *arena;
    struct config *config;
    struct ini ini;
    struct buf *report;           /* may be NULL */
    struct config_faults *faults; /* may be NULL */
    size_t fault_count;
    struct str first_fault;
    bool running; /* other threads read the clock, so the time zone must not change */
};

/* The input of one run of loading. */
struct config_input {
    struct str file, text;
    struct str stored_place, stored; /* laid on top of the file */
    bool environment;                /* read the environment and the command line too */
    bool running;
    const struct config_override *overrides;
    size_t override_count;
};
MUST_CHECK bool config_build(struct arena *arena, const struct config_input *input, struct config *config,
                             struct buf *report, struct config_faults *faults, struct err *err);

/* Does the same as config_load, with a file that is already read. */
MUST_CHECK bool config_make(struct arena *arena, struct str file, struct str text,
                            const struct config_override *overrides, size_t count, struct config *config,
                            struct buf *report, struct err *err);

/* Reports unknown sections and keys as faults. */
void config_refuse_unknown(struct config_loading *loading);
/*
 * Lays settings of the portal on top of those that were read: single settings one by one, the form of a new case as a
 * whole.
 */
void config_overlay(struct config_loading *loading, struct str place, struct str text);

/* Adds the fault `PLACE: …` to the report. */
void config_fault(struct config_loading *loading, struct str place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Reads `[section]`, `key = value`, and comments (lines that begin with # or ;). A value in double quotes keeps its
 * blanks. Entries keep the order of the file; an empty section becomes an entry without a key.
 */
void ini_parse(struct config_loading *loading, struct str file, struct str text);
void ini_add(struct config_loading *loading, struct ini_entry entry);
const struct ini_entry *ini_find(const struct ini *ini, const char *section, const char *key);

/* The scalar settings: defaults, file, environment, overrides, in this order. */
void config_keys_default(struct config_loading *loading);
void config_keys_environment(struct config_loading *loading);
void config_keys_apply(struct config_loading *loading);
/* Says whether `section` and `key` name a scalar setting. */
bool config_key_known(struct str section, struct str key);
/* Says whether a section holds settings of the portal; with a key, whether that setting is one of them. */
bool config_is_portal(struct str section, struct str key);
/* Copies the scalar settings of the portal. */
void config_keys_copy(const struct config *from, struct config *to);
/* Appends the portal's scalar settings of a section. */
void config_keys_write(struct buf *out, const struct config *config, const char *section);
/* Removes every entry that is not a setting of the portal; returns how many it removed. */
size_t ini_keep_portal(struct ini *ini);
/* Reads `yes`, `no` and their synonyms; returns false for anything else. */
bool config_bool(struct str value, bool *result);

/* Checks the settings that depend on each other or on the machine, such as base URL, time zone, colour and logo. */
void config_check(struct config_loading *loading);

/* Read [case_form], [field.NAME], [extra.KEY], and the lists of names. */
void config_form(struct config_loading *loading);
void config_lists(struct config_loading *loading);
