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

/* Does the same as config_load, with a file that is already read. */
MUST_CHECK bool config_make(struct arena *arena, struct str file, struct str text,
                            const struct config_override *overrides, size_t count, struct config *config,
                            struct buf *report, struct err *err);

/* Adds the fault `PLACE: …` to the report. */
void config_fault(struct config_loading *loading, struct str place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Reads `[section]`, `key = value`, and comments (lines that begin with # or ;). A value in double quotes keeps its
 * blanks. Entries keep the order of the file; an empty section becomes an entry without a key.
 */
void ini_parse(struct config_loading *loading, struct str file, struct str text);
void ini_add(struct config_loading *loading, struct ini_entry entry);
/* Returns the last entry of this setting, or of a section if the key is empty; NULL when it has no entry. */
const struct ini_entry *ini_find(const struct ini *ini, struct str section, struct str key);

/* The settings of one value: defaults, file, environment, overrides, in this order. */
void config_keys_default(struct config *config);
void config_keys_environment(struct config_loading *loading);
void config_keys_apply(struct config_loading *loading);
/*
 * Returns whether a section has settings of one value or lists of names; with a key, whether it has that setting.
 * portal: only settings of the portal count.
 */
bool config_known(struct str section, struct str key, bool portal);
/* Copies the settings of the portal, except the form. */
void config_keys_copy(const struct config *from, struct config *to);
/* Appends the form of a new case. */
void config_form_write(struct buf *out, struct arena *arena, const struct config *config);
/* Reads `yes`, `no` and their synonyms; returns false for anything else. */
bool config_bool(struct str value, bool *result);

/* Checks the settings that depend on each other or on the machine, such as base URL, time zone, colour and logo. */
void config_check(struct config_loading *loading);

/* Read [case_form], [field.NAME] and [extra.KEY]; then the lists, which name fields of the form too. */
void config_form(struct config_loading *loading);
void config_lists(struct config_loading *loading);
