/*
 * What a field of a new case may hold, without database and requests: defaults, cleaning, lengths and kinds (domain 4,
 * docs/configuration.md). Whether a chosen id is allowed is new_check.c's matter.
 */
#ifndef KP_MODEL_CASE_RULES_H
#define KP_MODEL_CASE_RULES_H

#include "service/config.h"

/* Whom the placeholders of defaults stand for; empty texts where nothing is known. */
struct rules_person {
    struct str name, email, phone;
    int32_t today;
};

/* What is wrong: a msgid and the values it takes; msgid NULL: nothing. */
struct rules_fault {
    const char *msgid;
    struct str values[2];
    size_t count;
};

/* The configured default with {name}, {email}, {phone} and {today} filled in. */
struct str rules_default(struct arena *arena, struct str configured, const struct rules_person *person);
/*
 * The value to store for what was typed: cleaned of control characters, trimmed, a number or date in its exact form.
 * Customers, objects and picklists are only cleaned and asked for when required.
 */
struct rules_fault rules_take(struct arena *arena, const struct config_field *field, struct str typed,
                              struct str *value);
/* Most characters of a field. */
int64_t rules_limit(const struct config_field *field);
/* `YYMMDD-NNNN` (domain 2). */
struct str rules_case_number(struct arena *arena, int32_t date, int64_t counter);

#endif
